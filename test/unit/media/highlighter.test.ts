import assert from 'node:assert/strict';
import { highlight } from '../../../src/transcript/code/highlighter.ts';
import { codeLanguage, type Grammar } from '../../../src/transcript/codeLanguages.ts';
import { markdownCases } from '../../support/markdownCases.ts';

/** Of each language, code and a word of it that must have that colour. */
const samples: Readonly<Record<Grammar, readonly [code: string, word: string, kind: string]>> = {
  bash: ['if true; then echo "$HOME"; fi', 'if', 'keyword'],
  c: ['#include <stdio.h>\nint main(void) { return 0; }', 'return', 'keyword'],
  cpp: ['template <class T> T one() { return 1; }', 'template', 'keyword'],
  csharp: ['public class A { string b = "c"; }', '"c"', 'string'],
  css: ['.a { color: red; }', 'color', 'property'],
  diff: ['-old\n+new', '-old', 'deleted'],
  dockerfile: ['FROM node:24\nRUN npm ci', 'FROM', 'keyword'],
  go: ['func main() { return nil }', 'func', 'keyword'],
  ini: ['[section]\nname = "value"', '"value"', 'string'],
  java: ['class A { int b = 1; }', '1', 'number'],
  javascript: ['const a = () => null; // why', '// why', 'comment'],
  json: ['{ "a": [1, true] }', 'true', 'keyword'],
  markdown: ['# Title\n\n`code`', '# Title', 'function'],
  python: ['def f(a):\n    return "b"', '"b"', 'string'],
  rust: ['fn main() { let a = 1; }', 'fn', 'keyword'],
  sql: ['SELECT a FROM b', 'SELECT', 'keyword'],
  typescript: ['interface A { b: string }', 'interface', 'keyword'],
  xml: ['<a b="c">d</a>', '"c"', 'string'],
  yaml: ['a: 1\nb: text # why', '# why', 'comment'],
};

describe('highlight', () => {
  for (const [grammar, [code, word, kind]] of Object.entries(samples)) {
    it(`finds the colours of ${grammar} and keeps the code`, () => {
      const runs = highlight(code, grammar as Grammar) ?? [];
      assert.equal(runs.map(({ text }) => text).join(''), code);
      const found = runs.find(({ text }) => text === word);
      assert.equal(found?.kind, kind, JSON.stringify(runs));
    });
  }

  it('colours code inside of other code', () => {
    const runs = highlight('<style>a { color: red }</style><script>const a = 1</script>', 'xml') ?? [];
    assert.equal(runs.find(({ text }) => text === 'color')?.kind, 'property');
    assert.equal(runs.find(({ text }) => text === 'const')?.kind, 'keyword');
  });

  it('gives a value inside of a string the colour of text', () => {
    const runs = highlight('`a${b}c`', 'typescript') ?? [];
    assert.deepEqual(
      runs.map(({ text, kind }) => [text, kind]),
      [
        ['`a', 'string'],
        ['${b}', undefined],
        ['c`', 'string'],
      ],
    );
  });

  it('reads long code in parts and loses nothing', () => {
    const code = 'const a = 1;\n\nfunction f() {\n  return "b";\n}\n'.repeat(400);
    const runs = highlight(code, 'json') ?? [];
    assert.equal(runs.map(({ text }) => text).join(''), code);
  });

  it('leaves alone what is too long, too colourful or made to take long', () => {
    assert.equal(highlight('a = 1;\n'.repeat(20_000), 'typescript'), undefined);
    assert.equal(highlight('1,'.repeat(390).concat('\n').repeat(40), 'json'), undefined);
    for (const unit of ['a', ' ', '$', 'a b ', '\n ', '[a](']) {
      assert.equal(highlight(unit.repeat(20_000), 'java'), undefined, unit);
    }
  });

  it('never loses a character of any code', function () {
    this.timeout(30_000);
    for (const grammar of Object.keys(samples)) {
      for (const [name, make] of Object.entries(markdownCases)) {
        const code = make(1_000);
        const runs = highlight(code, grammar as Grammar);
        assert.ok(
          runs === undefined || runs.map(({ text }) => text).join('') === code,
          `${grammar}, ${name}`,
        );
      }
    }
  });
});

describe('codeLanguage', () => {
  it('knows what authors write behind a fence', () => {
    const editor = (info: string) => codeLanguage(info)?.editor;
    assert.equal(editor('ts'), 'typescript');
    assert.equal(editor('TS title=a.ts'), 'typescript');
    assert.equal(editor('{.python .numberLines}'), 'python');
    assert.equal(editor('python:src/a.py'), 'python');
    assert.equal(editor('bash'), 'shellscript');
    assert.equal(editor('shellscript'), 'shellscript');
    assert.equal(editor('c++'), 'cpp');
    assert.equal(editor('c#'), 'csharp');
    assert.equal(editor('constructor'), undefined);
    assert.equal(editor(''), undefined);
  });
});
