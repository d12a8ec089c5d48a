/** Signature help: the arguments of the function whose call is being typed. */
import type { SignatureHelp } from 'vscode-languageserver/node';
import { FUNCTIONS } from '../../dsl/check/functions.js';
import { TABLE, type AxisNode } from '../../dsl/syntax/device.js';
import type { Identifier } from '../../dsl/syntax/nodes.js';
import { scopeAt, type FileIndex, type SymbolDeclaration } from '../names/symbols.js';
import type { Workspace } from '../workspace.js';

/** Names of the arguments of a function of the language, by how many it takes. */
const ARGUMENTS = ['x', 'y', 'z'];

/** Characters before the place that are searched for the opening of the call. */
const MAX_CALL = 4096;

/** The call around `offset`; undefined outside of calls. */
export function signatureHelp(index: FileIndex, offset: number, workspace: Workspace): SignatureHelp | undefined {
  const call = callBefore(index.text.slice(Math.max(0, offset - MAX_CALL), offset));
  if (!call) return undefined;
  const scope = scopeAt(index.root, offset);
  const declaration = workspace.resolver.lookUp(scope, call.name, ['value', 'table', 'kernel']);
  const parameters = (declaration && parametersOf(declaration)) ?? builtInParameters(call.name);
  if (!parameters) return undefined;
  const signature = {
    label: `${call.name}(${parameters.join(', ')})`,
    parameters: parameters.map((label) => ({ label })),
  };
  const last = Math.max(0, parameters.length - 1);
  return { signatures: [signature], activeSignature: 0, activeParameter: Math.min(call.argument, last) };
}

/** A function of the language in one line of Markdown; undefined for other names. */
export function describeFunction(name: string): string | undefined {
  const parameters = builtInParameters(name);
  return parameters && `\`${name}(${parameters.join(', ')})\`: function of the language`;
}

/** The arguments of a function that the file declares; undefined for what is no function. */
export function parametersOf({ clause }: SymbolDeclaration): readonly string[] | undefined {
  if (clause.shape.kind === TABLE.kind) {
    // A table has one or two of them.
    const axes = [clause.node['x'], clause.node['y']] as readonly (AxisNode | undefined)[];
    return axes.flatMap((axis) => axis?.name.name ?? []);
  }
  // `let` and `kernel` have the field where they have arguments.
  const parameters = clause.node['parameters'] as readonly Identifier[] | undefined;
  return parameters?.map(({ name }) => name);
}

/** The arguments of a function of the language; undefined for other names. */
export function builtInParameters(name: string): readonly string[] | undefined {
  const rule = FUNCTIONS.get(name);
  if (!rule) return undefined;
  if (rule.parameters) return rule.parameters;
  if (rule.max === Infinity) return ['x', '…'];
  return ARGUMENTS.slice(0, rule.max).map((argument, position) => (position < rule.min ? argument : `${argument}?`));
}

interface OpenCall {
  readonly name: string;
  /** Commas before the place. */
  readonly argument: number;
}

/** The innermost call that is still open at the end of `text`. */
function callBefore(text: string): OpenCall | undefined {
  let depth = 0;
  let argument = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at];
    if (character === ')' || character === ']') depth++;
    else if (depth > 0 && (character === '(' || character === '[')) depth--;
    else if (depth === 0 && character === '(') {
      const [, name] = /([A-Za-z_]\w*)[ \t]*$/.exec(text.slice(0, at)) ?? [];
      return name === undefined ? undefined : { name, argument };
    } else if (depth === 0 && character === ',') argument++;
    else if (character === '{' || character === '}') return undefined;
  }
  return undefined;
}
