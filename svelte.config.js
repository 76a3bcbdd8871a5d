// How the app is compiled: one static shell (index.html) for every route, versioned by its sources.
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: [iconsAsMarkup(), vitePreprocess()],
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

/**
 * Lucide's component puts an icon together attribute by attribute each time it is drawn, which took most of the time
 * of a row with a state. As plain markup it is cloned whole, and takes no property but those named here.
 * @returns {import('svelte/compiler').PreprocessorGroup}
 */
function iconsAsMarkup() {
	return {
		name: 'icons-as-markup',
		markup({ content, filename }) {
			if (!filename?.includes('/@lucide/svelte/dist/icons/')) return;
			const [, data] = /const iconData = (\{.*\});/.exec(content) ?? [];
			if (data === undefined) throw new Error(`${filename}: no icon as we know them`);
			/** @type {[string, Record<string, string>][]} */
			const node = JSON.parse(data).node;
			const shapes = node.map(([tag, attributes]) => {
				const said = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
				return `<${tag} ${said.join(' ')} />`;
			});
			return {
				code: `<script>
	let { size = 24, strokeWidth = 2, class: classes, 'aria-hidden': hidden = 'true' } = $props();
</script>
<svg xmlns="http://www.w3.org/2000/svg" width={size} height={size} viewBox="0 0 24 24" fill="none"
	stroke="currentColor" stroke-width={strokeWidth} stroke-linecap="round" stroke-linejoin="round"
	class={classes} aria-hidden={hidden}>${shapes.join('')}</svg>`
			};
		}
	};
}
