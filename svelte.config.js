// How the app is compiled: one static shell (index.html) for every route, versioned by its sources.
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		// Written into index.html with the hash of its one inline script; the relay sends the same as a header.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				// SvelteKit's route announcer and the charts carry style attributes.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self']
			}
		},
		serviceWorker: { register: false },
		typescript: {
			config: (config) => ({ ...config, include: [...config.include, '../sync-server/**/*.ts'] })
		},
		version: { name: process.env.APP_VERSION ?? 'dev' }
	}
};
