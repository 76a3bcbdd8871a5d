// Every route is drawn in the browser from what the device holds; nothing is rendered elsewhere.
export const ssr = false;
export const prerender = false;
