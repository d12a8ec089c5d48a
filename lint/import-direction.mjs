/** ESLint rule: imports follow the table in import-table.mjs. */
import path from 'node:path';
import { doorFault, importFault } from './import-table.mjs';

const root = path.dirname(import.meta.dirname);

/**
 * @param {string} fileName absolute
 * @param {string} specifier
 */
function faultOf(fileName, specifier) {
  const file = path.relative(root, fileName).replaceAll(path.sep, '/');
  if (!file.startsWith('src/')) return undefined;
  if (!specifier.startsWith('.')) return doorFault(file, specifier);
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (!target.startsWith('src/')) return `${file} may not import from outside src`;
  return importFault(file.slice('src/'.length), target.slice('src/'.length));
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: { type: 'problem', schema: [], docs: { description: 'imports follow lint/import-table.mjs' } },
  create(context) {
    /** @param {any} node */
    const check = (node) => {
      const specifier = node.source?.value;
      const fault = typeof specifier === 'string' ? faultOf(context.filename, specifier) : undefined;
      if (fault !== undefined) context.report({ node, message: fault });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
