/** Templates hold structure only: no decision, no call, no reach outside their view. */
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { createRenderer, tidy } from '../../../src/backends/systemverilog/render.js';

const ALL = [...HARDWARE_SOURCES.templates, ...HARDWARE_SOURCES.partials];

/** Constructs of a template that the rules forbid. */
function forbidden(program: hbs.AST.Program): readonly string[] {
  return program.body.flatMap(forbiddenIn);
}

function forbiddenIn(statement: hbs.AST.Statement): readonly string[] {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return [];
    case 'MustacheStatement': {
      const mustache = statement as hbs.AST.MustacheStatement;
      return [
        ...(mustache.escaped ? [] : ['triple braces']),
        ...(mustache.params.length > 0 || mustache.hash !== undefined ? ['a helper call'] : []),
        ...forbiddenPath(mustache.path),
        ...forbiddenStrip(mustache.strip),
      ];
    }
    case 'BlockStatement': {
      const block = statement as hbs.AST.BlockStatement;
      const name = block.path.original;
      return [
        ...(['each', 'if'].includes(name) ? [] : [`the block ${name}`]),
        ...((block.inverse as hbs.AST.Program | undefined) === undefined ? [] : ['else']),
        ...block.params.flatMap(forbiddenPath),
        ...forbiddenStrip(block.openStrip),
        ...forbidden(block.program),
      ];
    }
    case 'PartialStatement': {
      const partial = statement as hbs.AST.PartialStatement;
      return [...(partial.params.length === 1 ? [] : ['a partial without its view']), ...forbiddenStrip(partial.strip)];
    }
    default:
      return [statement.type];
  }
}

function forbiddenPath(expression: hbs.AST.Expression): readonly string[] {
  if (expression.type !== 'PathExpression') return [expression.type];
  const path = expression as hbs.AST.PathExpression;
  return path.depth > 0 || path.data || path.parts.length !== 1 ? [`the path ${path.original}`] : [];
}

function forbiddenStrip(strip: hbs.AST.StripFlags | undefined): readonly string[] {
  return strip && (strip.open || strip.close) ? ['whitespace control'] : [];
}

describe('the templates', () => {
  it.each(ALL)('$name decides nothing and is at most 60 lines long', ({ text }) => {
    expect(forbidden(Handlebars.parse(text))).toEqual([]);
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(60);
  });

  it.each([
    '{{#if a}}{{else}}{{/if}}',
    '{{{a}}}',
    '{{../a}}',
    '{{f a}}',
    '{{#unless a}}{{/unless}}',
    '{{~a}}',
    '{{@index}}',
    '{{> p}}',
  ])('are checked: %s is found', (text) => {
    expect(forbidden(Handlebars.parse(text))).not.toEqual([]);
  });

  it('throw on a name that the view lacks, in conditions too', () => {
    const render = createRenderer({
      cells: [],
      templates: [{ name: 'top.sv', text: '{{#if nope}}a{{/if}}' }],
      partials: [],
      waivers: { name: 'none', text: '' },
    });
    expect(() => render('top.sv', {} as never)).toThrow('`nope`');
  });

  it('are tidied: no trailing blanks, no double blank lines, none before an end', () => {
    expect(tidy('a  \n\n\n\nb\n\n);\n\n  end\n\n\n')).toBe('a\n\nb\n);\n  end\n');
  });
});
