// What the linter holds: strict types, accessible markup, no unexplained exceptions.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', '.out/', 'data/', 'node_modules/'] },
	js.configs.recommended,
	ts.configs.strict,
	ts.configs.stylistic,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript knows every name; the rule does not know types.
			'no-undef': 'off',
			// `interface` and `type` are both plain shapes here.
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			eqeqeq: 'error',
			'no-else-return': ['error', { allowElseIf: false }],
			'no-nested-ternary': 'error',
			'no-empty': ['error', { allowEmptyCatch: false }],
			'no-restricted-syntax': [
				'error',
				{ selector: 'TSEnumDeclaration', message: 'Only erasable TypeScript.' },
				{ selector: 'TSModuleDeclaration[kind!="global"]', message: 'Only erasable TypeScript.' },
				{ selector: 'TSParameterProperty', message: 'Only erasable TypeScript.' },
				{ selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
				{ selector: 'ExportAllDeclaration', message: 'No barrels.' }
			]
		}
	},
	{
		files: ['src/**/*.ts', 'sync-server/**/*.ts'],
		rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig }
		},
		rules: {
			'svelte/require-each-key': 'error',
			'svelte/no-at-html-tags': 'error',
			'svelte/valid-compile': 'error',
			// The app is always served from the root of its own origin.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		// A promise that nobody waits for loses its error: with these two the linter reads types.
		files: ['src/**/*.ts', 'sync-server/**/*.ts', 'tests/**/*.ts'],
		languageOptions: {
			parserOptions: { project: './tsconfig.json' }
		},
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': [
				'error',
				{ checksVoidReturn: { attributes: false } }
			]
		}
	},
	{
		// Tools read their settings from a default export.
		files: ['*.config.{js,ts}', '.eslint.config.js', 'tests/e2e/*.config.ts'],
		rules: { 'no-restricted-syntax': 'off' }
	},
	{
		// Written for engines that know neither const nor modules.
		files: ['static/*.js'],
		languageOptions: { ecmaVersion: 5, sourceType: 'script' },
		rules: {
			'no-var': 'off',
			'prefer-arrow-callback': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { caughtErrors: 'none' }]
		}
	}
);
