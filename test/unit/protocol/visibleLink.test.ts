import assert from 'node:assert/strict';
import { visibleLink } from '../../../src/vscode/panel/visibleLink.ts';

const refused: readonly string[] = [
  '',
  'click',
  '/relative',
  '//evil.example/',
  '#fragment',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  '&#106;avascript:alert(1)',
  'javascript://good.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'blob:https://good.example/x',
  'filesystem:https://good.example/x',
  'view-source:https://good.example',
  'file:///etc/passwd',
  'file://host/share',
  'vscode://ext/x',
  'vscode-insiders://ext/x',
  'vscode-resource:/x',
  'command:workbench.action.quit',
  'command://workbench.action.quit',
  'ms-settings:',
  'ms-msdt:/id',
  'search-ms:query=x',
  'smb://host/share',
  '\\\\host\\share',
  'jar:https://good.example!/x',
  'mailto:a@b.example',
  'tel:1',
  'ftp://good.example/',
  'ws://127.0.0.1/',
  'wss://good.example/',
  'about:blank',
  'chrome://settings',
  'http://good.example/',
  'http://169.254.169.254/latest/meta-data',
  'http://10.0.0.1/',
  'http://0.0.0.0/',
  'http://localhost.evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://[::ffff:127.0.0.1]/',
  'https://user@evil.example/',
  'https://good.example@evil.example/',
  'https://good.example:443@evil.example/',
  'https://:secret@evil.example/',
  'https://good.example%2f@evil.example/',
  'https://good.example\u2215@evil.example/',
  'https:///user@evil.example/',
  'https://exa mple.example/',
  'https://\u202eevil.example/',
  'https://good.example\u0000.evil.example/',
  'https://',
  'https://[::1',
  'https://good.example:99999/',
  `https://good.example/${'x'.repeat(5_000)}`,
  `https://good.example/${'\t'.repeat(5_000)}`,
  `https://good.example/${'я'.repeat(2_000)}`,
];

const allowed: readonly (readonly [text: string, href: string, host: string, isLoopback: boolean])[] = [
  ['https://good.example', 'https://good.example/', 'good.example', false],
  ['HTTPS://GOOD.example:443/a?b#c', 'https://good.example/a?b#c', 'good.example', false],
  ['https://good.example:8443/', 'https://good.example:8443/', 'good.example:8443', false],
  // Cyrillic а, full-width letters, a soft hyphen and an ideographic full stop
  ['https://\u0430pple.com/', 'https://xn--pple-43d.com/', 'xn--pple-43d.com', false],
  ['https://\uff47ood.example/', 'https://good.example/', 'good.example', false],
  ['https://go\u00adod.example/', 'https://good.example/', 'good.example', false],
  ['https://good\u3002example/', 'https://good.example/', 'good.example', false],
  ['https:\\\\evil.example\\@good.example', 'https://evil.example/@good.example', 'evil.example', false],
  ['https:evil.example', 'https://evil.example/', 'evil.example', false],
  [
    'https://evil.example/https://good.example',
    'https://evil.example/https://good.example',
    'evil.example',
    false,
  ],
  ['https://evil.example/#@good.example', 'https://evil.example/#@good.example', 'evil.example', false],
  ['https://good.example/\u202e\u200b', 'https://good.example/%E2%80%AE%E2%80%8B', 'good.example', false],
  ['https://good.example/\t\nx', 'https://good.example/x', 'good.example', false],
  ['https://169.254.169.254/', 'https://169.254.169.254/', '169.254.169.254', false],
  ['https://localhost/', 'https://localhost/', 'localhost', true],
  ['http://localhost:3000/a', 'http://localhost:3000/a', 'localhost:3000', true],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/', '127.0.0.1:8080', true],
  ['http://0x7f.1/', 'http://127.0.0.1/', '127.0.0.1', true],
  ['http://2130706433/', 'http://127.0.0.1/', '127.0.0.1', true],
  ['http://[::1]:80/', 'http://[::1]/', '[::1]', true],
];

describe('visibleLink', () => {
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text).slice(0, 60)}`, () => assert.equal(visibleLink(text), undefined));
  }

  for (const [text, href, host, isLoopback] of allowed) {
    it(`shows where ${JSON.stringify(text)} really leads`, () => {
      assert.deepEqual(visibleLink(text), { href, host, isLoopback });
      assert.match(href, /^[\x21-\x7e]+$/);
    });
  }
});
