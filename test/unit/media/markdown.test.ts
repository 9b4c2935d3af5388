import assert from 'node:assert/strict';
import { highlight } from '../../../src/transcript/code/highlighter.ts';
import { MarkdownCache } from '../../../media/session/markdown.ts';
import { markdownCases } from '../../support/markdownCases.ts';
import { markdownContext } from '../../support/markdownContext.ts';
import { templateClicks, templateCount, templateDepth, templateText } from '../../support/templateText.ts';

const { context, asked } = markdownContext();
const newCache = () => new MarkdownCache(() => undefined);

const drawn = (text: string, isGrowing = false) => newCache().render('row\n0', text, context, isGrowing);
const shown = (text: string, isGrowing = false) => templateText(drawn(text, isGrowing));
/** Only the code of a block, without its bar. */
const codeOf = (text: string) => /<code>(.*)<\/code><\/pre>/s.exec(text)?.[1];

describe('Markdown of a message', () => {
  it('draws what Markdown has', () => {
    assert.equal(
      shown('Text **bold** *thin* ~~gone~~ `code`\nnext  \nlast'),
      '<p dir="auto">Text <strong>bold</strong> <em>thin</em> <s>gone</s> <code>code</code>\nnext<br />last</p>',
    );
    assert.equal(shown('> said\n\n---'), '<blockquote dir="auto"><p>said</p></blockquote><hr />');
    assert.equal(
      shown('3. a\n   - b\n4. c'),
      '<ol dir="auto" start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
    );
  });

  it('gives each block of the message a direction of its own', () => {
    assert.equal(shown('مرحبا\n\nhello'), '<p dir="auto">مرحبا</p><p dir="auto">hello</p>');
    assert.match(shown('```\nمرحبا\n```'), /<pre class="code-text" dir="ltr"/);
  });

  it('makes no link that leads nowhere', () => {
    assert.doesNotMatch(shown('[a]() ![b]() [c](<>)'), /button/);
    assert.match(shown('[a](https://e.example)'), /button/);
  });

  it('shows a table with more columns than anybody reads as the text it is', () => {
    const wide = (columns: number) =>
      `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|b\n'.repeat(1_000)}`;
    assert.match(shown(wide(100)), /<th scope/);
    assert.doesNotMatch(shown(wide(101)), /<th|<td/);
    assert.ok(templateCount(drawn(wide(101))) < 20);
  });

  it('puts headings below those of the page, and leaves no level out', () => {
    assert.equal(
      shown('## a\n\n#### b\n\n###### c\n\n### d\n\n# e').replace(/ dir="auto"/g, ''),
      '<h3 class="md-h2">a</h3><h4 class="md-h4">b</h4><h5 class="md-h6">c</h5>' +
        '<h4 class="md-h3">d</h4><h3 class="md-h1">e</h3>',
    );
  });

  it('draws tables in a box that the keyboard reaches, with their alignment', () => {
    assert.equal(
      shown('|a|b|c|\n|-|-:|:-:|\n|1|2|3|'),
      '<div class="table" tabindex="0" role="group" aria-label="Table" dir="auto"><table>' +
        '<thead><tr><th scope="col" class="">a</th><th scope="col" class="align-right">b</th>' +
        '<th scope="col" class="align-center">c</th></tr></thead>' +
        '<tbody><tr><td class="">1</td><td class="align-right">2</td>' +
        '<td class="align-center">3</td></tr></tbody></table></div>',
    );
  });

  it('draws tasks, in loose lists too', () => {
    const done = '<span class="task is-done" role="img" aria-label="Done">';
    const open = '<span class="task " role="img" aria-label="Not done"></span>';
    assert.ok(shown('- [x] a').startsWith(`<ul dir="auto"><li>${done}`));
    assert.equal(shown('- [ ] b'), `<ul dir="auto"><li>${open}b</li></ul>`);
    assert.equal(shown('- [ ] b\n\n- c'), `<ul dir="auto"><li><p>${open}b</p></li><li><p>c</p></li></ul>`);
    assert.equal(shown('- [y] b'), '<ul dir="auto"><li>[y] b</li></ul>');
    assert.equal(shown('- a [ ] b'), '<ul dir="auto"><li>a [ ] b</li></ul>');
  });

  it('shows HTML as the text that it is', () => {
    assert.equal(shown('a <b>b</b>'), '<p dir="auto">a &lt;b>b&lt;/b></p>');
    assert.equal(shown('<script>x</script>'), '<p dir="auto">&lt;script>x&lt;/script></p>');
  });

  it('survives what is nested too deep, and loses none of it', () => {
    assert.match(shown(`${'> '.repeat(500)}the end`), /the end/);
    assert.match(shown(`${'- '.repeat(500)}the end`), /the end/);
    assert.match(shown(`${'*'.repeat(3_000)}the end${'*'.repeat(3_000)}`), /the end/);
  });

  it('keeps what was drawn for finished blocks, and all of it while nothing changes', () => {
    const cache = newCache();
    const parts = (text: string, isGrowing: boolean) => {
      const [blocks] = cache.render('row\n0', text, context, isGrowing) as [{ values: [[unknown]] }[]];
      return blocks.map(({ values }) => values[0][0]);
    };
    const [first] = parts('One\n\nTwo', true);
    const [again, second] = parts('One\n\nTwo and more\n\nThree', true);
    assert.equal(again, first);
    assert.equal(parts('One\n\nTwo and more\n\nThree', false)[1], second);
  });
});

describe('links of a message', () => {
  it('are buttons that tell where they lead and leave the opening to the host', () => {
    const link = drawn('[a](https://example.com/x)');
    assert.equal(
      templateText(link),
      '<p dir="auto"><button type="button" class="link" role="link" title="https://example.com/x">a</button></p>',
    );
    templateClicks(link).forEach((click) => click());
    assert.deepEqual(asked.links.splice(0), ['https://example.com/x']);
  });

  it('are none where the host would not open them', () => {
    for (const url of [
      'javascript:a',
      'data:text/html,x',
      'file:///x',
      'vscode://x',
      'command:x',
      'mailto:a@b',
    ]) {
      assert.doesNotMatch(shown(`[a](${url})`), /<button/, url);
      assert.doesNotMatch(shown(`![a](${url})`), /<button/, url);
    }
  });

  it('say their host where their text names another', () => {
    const host = (text: string) => /link-host">\s*\((.*)\)/.exec(shown(text))?.[1];
    assert.equal(host('[https://good.example/a](https://evil.example/b)'), 'evil.example');
    assert.equal(host('[good.com](https://evil.example)'), 'evil.example');
    assert.equal(host('[https://good.example@evil.example](https://evil.example)'), undefined);
    assert.equal(host('[https://www.good.example/a](https://good.example/b)'), undefined);
    assert.equal(host('[README.md](https://example.com/README.md)'), undefined);
    assert.equal(host('[https://аpple.com](https://apple.com)'), 'apple.com');
  });

  it('show their address where they have no text, and its hidden characters as marks', () => {
    assert.match(shown('[](https://example.com)'), />https:\/\/example\.com<\/button>/);
    assert.doesNotMatch(shown('[a](<https://example.com/\u202ex>)'), /\u202e/);
  });

  it('are at most fifty for a message, of however many blocks and texts', () => {
    const cache = newCache();
    const links = (count: number) => Array.from({ length: count }, () => '[a](https://b.c)').join('\n\n');
    const count = (value: unknown) => templateText(value).split('<button').length - 1;
    const first = count(cache.render('row\n0', links(30), context));
    const second = count(cache.render('row\n1', links(30), context));
    assert.deepEqual([first, second], [30, 20]);
    assert.equal(count(cache.render('other\n0', links(60), context)), 50);
  });

  it('take the place of images, which are never asked for', () => {
    const image = shown('![a diagram](https://example.com/d.png)');
    assert.match(image, /<button type="button" class="placeholder link".*Image: a diagram/);
    assert.doesNotMatch(image, /<img|src=/);
    const badge = shown('[![build](https://a.b/c.svg)](https://a.b)');
    assert.equal(badge.split('<button').length, 2, 'a button in a button');
  });
});

describe('code in a message', () => {
  const block = '```ts\nconst a = 1;\n\n```\n';

  it('has a name, and is copied as it is shown', () => {
    const view = drawn(block);
    assert.match(templateText(view), /<span class="code-language">TypeScript<\/span>/);
    assert.equal(codeOf(templateText(view)), 'const a = 1;\n');
    assert.match(shown('```elvish\nx\n```'), /<span class="code-language">elvish<\/span>/);
  });

  it('is inserted and opened by its place', () => {
    const clicks = templateClicks(drawn('```\na\n```\n\n- ```\n  b\n  ```\n\n      c\n\n```\nd\n```'));
    const places = [0, 1, 2, 3].map((number) => ['row', 0, number]);
    for (const [button, what] of [
      [1, asked.inserted],
      [2, asked.opened],
    ] as const) {
      clicks.filter((_click, index) => index % 4 === button).forEach((click) => click());
      assert.deepEqual(
        what.splice(0).map(({ key, block: at, number }) => [key, at, number]),
        places,
      );
    }
  });

  it('warns of hidden characters', () => {
    assert.match(shown('```\na\u202eb\n```'), /code-warning/);
    assert.doesNotMatch(shown('```\nab 👩‍👩‍👧\n```'), /code-warning/);
  });

  it('gets its colours once the highlighter is there, without any change of its text', () => {
    const cache = newCache();
    const before = templateText(cache.render('row\n0', block, context));
    cache.useHighlighter(highlight);
    const after = templateText(cache.render('row\n0', block, context));
    assert.equal(
      codeOf(after),
      '<span class="hl-keyword">const</span> a = <span class="hl-number">1</span>;\n',
    );
    assert.equal(after.replace(/<span class="hl-\w+">|(?<=const|1)<\/span>/g, ''), before);
  });

  it('has no colours while it is being written', () => {
    const cache = newCache();
    cache.useHighlighter(highlight);
    const growing = templateText(cache.render('row\n0', `${block}\nAnd ${block}`, context, true));
    assert.equal(growing.split('hl-keyword').length, 2, 'the finished block only');
  });

  it('gets its colours over several frames where there is a lot of it', () => {
    const frames: (() => void)[] = [];
    const cache = new MarkdownCache((callback) => frames.push(callback));
    cache.useHighlighter(highlight);
    const text = Array.from({ length: 4 }, () => `\`\`\`ts\n${'const a = 1;\n'.repeat(600)}\`\`\``).join(
      '\n',
    );
    const coloured = () => templateText(cache.render('row\n0', text, context)).split('hl-keyword').length - 1;
    asked.redrawn.length = 0;
    const first = coloured();
    assert.ok(first > 0 && first < 2_400);
    assert.deepEqual(asked.redrawn.splice(0), ['row']);
    frames.splice(0).forEach((frame) => frame());
    assert.equal(coloured(), 2_400);
    assert.deepEqual(asked.redrawn, []);
  });
});

describe('a text made to hurt', () => {
  for (const [name, make] of Object.entries(markdownCases)) {
    it(`is bounded on the page: ${name}`, function () {
      this.timeout(20_000);
      const view = drawn(make(1_000_000));
      // Each token may come with a few templates around it: a button with its icon, a bar above code.
      assert.ok(templateCount(view) < 40_000, `${templateCount(view)} templates`);
      assert.ok(templateDepth(view) < 120, `${templateDepth(view)} deep`);
    });
  }

  it('can be read on, part by part', () => {
    const cache = newCache();
    const text = Array.from({ length: 20_000 }, (_, line) => `Line ${line}\n\n`).join('');
    const lines = () => templateText(cache.render('row\n0', text, context)).split('<p').length - 1;
    const first = lines();
    assert.ok(first > 500 && first < 5_000);
    templateClicks(cache.render('row\n0', text, context)).forEach((click) => click());
    assert.ok(lines() > first * 1.9 && lines() < first * 2.1);
  });

  it('has no button for more where it ends', () => {
    assert.deepEqual(templateClicks(drawn('short')), []);
  });
});
