/** How the playground is bundled: a static page, its workers, and adapters in the place of what reaches for Node. */
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { examplesPlugin } from './examples-plugin.js';

const here = import.meta.dirname;
const root = path.dirname(here);
const inPlayground = (file: string): string => path.join(here, 'src', file);

/** Modules of `src` that know about Node, and what stands in for each. */
const SUBSTITUTES = new Map(
  Object.entries({
    'src/core/package-place.ts': 'host/package-place.ts',
    'src/cosim/engines/select.ts': 'host/cosim-engines.ts',
    'src/dsl/chevrotain.ts': 'node/chevrotain.ts',
    'src/backends/harness/ts-morph.ts': 'node/ts-morph.ts',
  }).map(([ours, theirs]) => [path.join(root, ours), inPlayground(theirs)]),
);

/** Resolves imports of {@link SUBSTITUTES}. */
function substitutes(): Plugin {
  return {
    name: 'ionloom-substitutes',
    enforce: 'pre',
    resolveId(specifier, importer) {
      if (importer === undefined || !specifier.startsWith('.')) return undefined;
      const target = path.resolve(path.dirname(importer), specifier).replace(/\.js$/, '.ts');
      return SUBSTITUTES.get(target);
    },
  };
}

const plugins = (): Plugin[] => [substitutes(), examplesPlugin(root)];

// eslint-disable-next-line no-restricted-syntax -- Vite reads the default export
export default defineConfig({
  root: here,
  // The page may lie in any folder of a server
  base: './',
  plugins: plugins(),
  // path-browserify asks where names begin that are relative; TypeScript does not, it is told
  define: { 'process.cwd': '(() => "/")' },
  resolve: {
    alias: {
      'node:buffer': 'buffer/',
      'node:module': inPlayground('node/module.ts'),
      'node:path': 'path-browserify',
      'node:url': inPlayground('node/url.ts'),
      'node:zlib': inPlayground('node/zlib.ts'),
      perf_hooks: inPlayground('node/perf-hooks.ts'),
      // The same kinds and severities, without the connection
      'vscode-languageserver/node': 'vscode-languageserver-types',
    },
  },
  worker: { format: 'es', plugins },
  build: {
    target: 'es2023',
    outDir: path.join(here, 'dist'),
    emptyOutDir: true,
    // Nothing is put into the page that a Content Security Policy would have to allow
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 12_000,
    rollupOptions: {
      input: [path.join(here, 'index.html'), path.join(here, 'report-frame.html')],
      checks: { pluginTimings: false },
    },
  },
});
