/** Lint: typescript-eslint's strict set, the sizes of CONTRIBUTING.md, and the import table of lint/. */
import tseslint from 'typescript-eslint';
import { importDirection } from './lint/import-direction.mjs';

const forbiddenSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'name every export' },
  { selector: 'ExportAllDeclaration', message: 'no barrels: import from the file that defines the thing' },
  { selector: 'TSEnumDeclaration', message: 'use a union of string literals' },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'use a file' },
];

const typed = {
  parserOptions: {
    project: ['./tsconfig.test.json', './playground/tsconfig.json'],
    tsconfigRootDir: import.meta.dirname,
  },
};

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', 'build/', '.cache/', 'coverage/', 'test/golden/', 'eslint.config.js'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.strict, tseslint.configs.stylistic], languageOptions: typed },
  {
    files: ['**/*.ts'],
    plugins: { ionloom: { rules: { 'import-direction': importDirection } } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      'max-params': ['error', 4],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts', 'playground/**/*.ts'],
    rules: {
      'ionloom/import-direction': 'error',
      'no-console': 'error',
      complexity: ['error', 15],
      'max-depth': ['error', 4],
      'max-lines': ['error', 500],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A test knows what its fixture holds
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
