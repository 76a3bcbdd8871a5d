// How the app is bundled, made installable, lowered for old engines, and tested.
import cascadeLayers from '@csstools/postcss-cascade-layers';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { transform } from 'lightningcss';
import postcss from 'postcss';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const relay = `http://localhost:${process.env.PORT ?? 8787}`;

export default defineConfig({
	plugins: [
		tailwindcss(),
		sveltekit(),
		lowerCss(),
		SvelteKitPWA({
			registerType: 'prompt',
			injectRegister: false,
			base: '/',
			scope: '/',
			buildBase: '/',
			kit: { spa: true, adapterFallback: 'index.html' },
			manifest: {
				id: '/',
				name: '党群连心桥',
				short_name: '连心桥',
				description: '党员走访、群众诉求与三级台账，没有网络也能用。',
				lang: 'zh-CN',
				start_url: '/',
				scope: '/',
				display: 'standalone',
				background_color: '#FAF6EF',
				theme_color: '#B3131B',
				icons: [
					{ src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
					{ src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
					{
						src: '/icon-maskable-512.png',
						sizes: '512x512',
						type: 'image/png',
						purpose: 'maskable'
					},
					{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' }
				]
			},
			workbox: {
				globPatterns: ['client/**/*.{js,css,svg,png,webmanifest}'],
				globIgnores: ['client/unsupported.css'],
				// The very first page, too, opens what it has not opened yet without a network.
				clientsClaim: true,
				navigateFallbackDenylist: [/^\/(api|sync|healthz|readyz|metrics)(\/|$)/, /\.html$/]
			}
		})
	],
	worker: { format: 'es' },
	// `npm run dev` draws the app; a relay beside it (`npm start`) answers.
	server: { proxy: { '/api': relay, '/sync': { target: relay, ws: true } } },
	build: { target: 'chrome90' },
	// A page of its own small files for each button and note is slow to open: what is drawn with comes in a few pieces.
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								// Apart from whoever takes words at once: the language is chosen before they are loaded.
								{
									name: 'words',
									test: /[\\/]src[\\/]lib[\\/]i18n[\\/](index|language|zh-cn)/,
									priority: 1
								},
								{
									name: 'drawing',
									test: /[\\/]src[\\/]lib[\\/](ui|shell)[\\/]/,
									entriesAware: true,
									entriesAwareMergeThreshold: 6_000
								}
							]
						}
					}
				}
			}
		}
	},
	test: {
		environment: 'node',
		testTimeout: 30_000,
		// Of two cores the runner would leave one idle, and most tests wait for a disk or a clock.
		maxWorkers: '100%',
		projects: [
			{
				// Hundreds of small tests, which need no process each: half of their time would go into loading the app.
				extends: true,
				test: {
					name: 'unit',
					include: ['tests/unit/**/*.test.ts'],
					isolate: false,
					// Dexie looks for IndexedDB when it is loaded, by whichever test of the process comes first.
					setupFiles: ['fake-indexeddb/auto']
				}
			},
			{
				extends: true,
				test: {
					name: 'sqlite',
					include: ['tests/{contract,fuzz}/**/*.test.ts'],
					exclude: ['tests/contract/postgres/**']
				}
			},
			{
				// The same contract over the other store, and what only several relays can show.
				extends: true,
				test: {
					name: 'postgres',
					// Of what is bent there a slice: a text that one database takes is an error to the other.
					env: {
						LXQ_TEST_STORE: 'postgres',
						LXQ_MESSAGES: process.env.LXQ_MESSAGES ?? '1000'
					},
					include: ['tests/contract/**/*.test.ts', 'tests/fuzz/messages.test.ts'],
					// What speaks of no store, or of the file alone; and the demo, which is many entries and nothing else.
					exclude: [
						'tests/contract/{ledger-document,signature,torn-store,demo,memory,slow-readers,read-meanwhile}.test.ts'
					],
					globalSetup: 'tests/support/postgres-setup.ts',
					setupFiles: 'tests/support/postgres-only.ts'
				}
			}
		]
	}
});

/** Rewrites the built CSS for Chromium 90: no layers, and old colours first. */
function lowerCss(): Plugin {
	return {
		name: 'lower-css',
		apply: 'build',
		enforce: 'post',
		async generateBundle(_options, bundle) {
			if (this.environment.name !== 'client') return;
			const assets = Object.values(bundle).filter((file) => file.type === 'asset');
			const sheets = assets.filter(({ fileName }) => fileName.endsWith('.css'));
			// One pass over all sheets together: a layer has the same rank in each of them.
			const whole = sheets.map((sheet) => `@sheet;${sheet.source}`).join('\n');
			const lowered = await postcss([cascadeLayers()]).process(whole, { from: undefined });
			const parts = lowered.css.split('@sheet;').slice(1);
			for (const [index, sheet] of sheets.entries()) {
				const { code } = transform({
					filename: sheet.fileName,
					code: Buffer.from(parts[index] ?? ''),
					targets: { chrome: 90 << 16 },
					minify: true
				});
				sheet.source = code;
			}
		}
	};
}
