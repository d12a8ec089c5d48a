/** Device equations for tests, written as text: numbers in SI base units, names, + - * / ^, functions, comparisons. */
import { FUNCTION_ARITY, type Expression, type FunctionName } from '../../src/devices/expression.js';

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|==|!=|[-+*/^(),?:<>]))/y;

/** The expression that `text` writes; throws on anything else. */
export function equation(text: string): Expression {
  const tokens = tokenize(text);
  const expression = readConditional(tokens);
  if (tokens.length > 0) throw new Error(`\`${text}\` goes on after an equation: ${tokens.join(' ')}`);
  return expression;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    tokens.push(match[0].trim());
    if (TOKEN.lastIndex === text.length) break;
  }
  if (tokens.join('') !== text.replaceAll(/\s/g, '')) throw new Error(`\`${text}\` is not an equation`);
  return tokens;
}

function readConditional(tokens: string[]): Expression {
  const condition = readCompare(tokens);
  if (!take(tokens, '?')) return condition;
  const whenTrue = readConditional(tokens);
  expect(tokens, ':');
  return { kind: 'conditional', condition, whenTrue, whenFalse: readConditional(tokens) };
}

function readCompare(tokens: string[]): Expression {
  const left = readSum(tokens);
  const operator = (['<=', '>=', '==', '!=', '<', '>'] as const).find((candidate) => take(tokens, candidate));
  return operator ? { kind: 'compare', operator, left, right: readSum(tokens) } : left;
}

function readSum(tokens: string[]): Expression {
  let left = readProduct(tokens);
  for (;;) {
    const operator = (['+', '-'] as const).find((candidate) => take(tokens, candidate));
    if (!operator) return left;
    left = { kind: 'binary', operator, left, right: readProduct(tokens) };
  }
}

function readProduct(tokens: string[]): Expression {
  let left = readUnary(tokens);
  for (;;) {
    const operator = (['*', '/'] as const).find((candidate) => take(tokens, candidate));
    if (!operator) return left;
    left = { kind: 'binary', operator, left, right: readUnary(tokens) };
  }
}

function readUnary(tokens: string[]): Expression {
  return take(tokens, '-') ? { kind: 'negate', operand: readUnary(tokens) } : readPower(tokens);
}

function readPower(tokens: string[]): Expression {
  const left = readPrimary(tokens);
  return take(tokens, '^') ? { kind: 'binary', operator: '^', left, right: readUnary(tokens) } : left;
}

function readPrimary(tokens: string[]): Expression {
  const token = tokens.shift() ?? '';
  if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
  if (token === '(') {
    const inner = readConditional(tokens);
    expect(tokens, ')');
    return inner;
  }
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`\`${token}\` starts no operand`);
  if (!take(tokens, '(')) return { kind: 'reference', name: token };
  const operands = [readConditional(tokens)];
  while (take(tokens, ',')) operands.push(readConditional(tokens));
  expect(tokens, ')');
  if (!isFunctionName(token) || operands.length !== FUNCTION_ARITY[token]) throw new Error(`no function \`${token}\``);
  return { kind: 'call', name: token, operands };
}

function isFunctionName(name: string): name is FunctionName {
  return name in FUNCTION_ARITY;
}

function take(tokens: string[], token: string): boolean {
  if (tokens[0] !== token) return false;
  tokens.shift();
  return true;
}

function expect(tokens: string[], token: string): void {
  if (!take(tokens, token)) throw new Error(`expected \`${token}\` before ${tokens.join(' ')}`);
}
