import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import { MAX_ATTACHMENTS, MAX_IMAGE_BYTES, MAX_TEXT_BYTES } from '../../../src/protocol/composerMessages.ts';
import {
  type AttachmentContent,
  fileAttachment,
  imageAttachment,
  type Made,
  textAttachment,
} from '../../../src/vscode/panel/attachments/attachment.ts';
import { asText } from '../../../src/util/json.ts';
import { AttachmentShelf } from '../../../src/vscode/panel/attachments/attachmentShelf.ts';
import { readKept, toKept } from '../../../src/vscode/panel/attachments/keptReferences.ts';
import { refusalText } from '../../../src/vscode/panel/attachments/refusalText.ts';

const facts = { name: 'src/a.ts', lines: undefined, language: 'ts', reference: undefined };
const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));
const png = bytes('89504e470d0a1a0a0000000d49484452000001400000', 'hex');
const wholePng = new Uint8Array([...png, 0, 0xc8, 8, 2, 0, 0, 0]);

function content(made: Made): AttachmentContent {
  assert.ok(made.kind === 'made');
  return made.content;
}

function refusal(made: Made): string {
  return made.kind === 'refused' ? made.refusal : 'made';
}

describe('an attachment', () => {
  it('of a text holds exactly what is sent, and says its size', () => {
    const { chip, block } = content(textAttachment('let ä;\r\nb\n', facts));
    assert.deepEqual(chip, { kind: 'text', source: 'file', name: 'src/a.ts', lines: 2, bytes: 11 });
    assert.deepEqual(block, { type: 'text', text: 'Attached file: src/a.ts\n```ts\nlet ä;\r\nb\n```' });
  });

  it('of some lines says which', () => {
    const { chip, block } = content(textAttachment('x', { ...facts, lines: { from: 3, to: 3 } }));
    assert.equal(chip.source, 'selection');
    assert.equal(chip.lines, 1);
    assert.match(asText(block['text']) ?? '', /^Attached selection: src\/a\.ts, lines 3-3\n/);
  });

  it('is told by its bytes: text in the encodings that say what they are', () => {
    assert.equal(content(fileAttachment(bytes('héllo'), facts)).chip.kind, 'text');
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('a')]);
    assert.match(asText(content(fileAttachment(marked, facts)).block['text']) ?? '', /\na\n```$/);
    const wide = new Uint8Array([0xff, 0xfe, ...bytes('wide', 'utf16le')]);
    assert.match(asText(content(fileAttachment(wide, facts)).block['text']) ?? '', /\nwide\n```$/);
  });

  it('is told by its bytes: pictures, whatever they are called', () => {
    const { chip, block, reference } = content(fileAttachment(wholePng, facts));
    assert.deepEqual(chip, {
      kind: 'image',
      source: 'file',
      name: 'src/a.ts',
      lines: null,
      bytes: wholePng.length,
    });
    assert.deepEqual(block, {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: Buffer.from(wholePng).toString('base64') },
    });
    assert.equal(reference, undefined);
  });

  it('is refused where it cannot be sent', () => {
    assert.equal(refusal(fileAttachment(new Uint8Array(0), facts)), 'empty');
    assert.equal(refusal(textAttachment('', facts)), 'empty');
    assert.equal(refusal(fileAttachment(bytes('a\u0000b'), facts)), 'binary');
    assert.equal(refusal(fileAttachment(new Uint8Array([0xff, 0xfe, 0xff]), facts)), 'binary');
    assert.equal(refusal(fileAttachment(new Uint8Array([0xc3]), facts)), 'binary');
    assert.equal(refusal(fileAttachment(bytes('a'.repeat(MAX_TEXT_BYTES)), facts)), 'made');
    assert.equal(refusal(fileAttachment(bytes('ä'.repeat(MAX_TEXT_BYTES / 2 + 1)), facts)), 'textTooLarge');
    assert.equal(refusal(textAttachment('ä'.repeat(MAX_TEXT_BYTES / 2 + 1), facts)), 'textTooLarge');
    assert.equal(refusal(fileAttachment(new Uint8Array(MAX_TEXT_BYTES + 1).fill(0xfe), facts)), 'binary');
    assert.equal(refusal(imageAttachment(bytes('<svg/>'), { ...facts, source: 'pasted' })), 'noImage');
    const large = new Uint8Array(MAX_IMAGE_BYTES + 1);
    large.set(wholePng);
    assert.equal(refusal(fileAttachment(large, facts)), 'imageTooLarge');
    assert.equal(refusal(fileAttachment(large.subarray(0, MAX_IMAGE_BYTES), facts)), 'made');
  });

  it('that is refused is refused in words', () => {
    const reasons = [
      'empty',
      'textTooLarge',
      'imageTooLarge',
      'binary',
      'noImage',
      'folder',
      'unreadable',
      'tooMany',
      'tooMuch',
    ] as const;
    const texts = reasons.map((reason) => refusalText(reason, 'x.bin', plainL10n));
    assert.equal(new Set(texts).size, reasons.length);
    assert.ok(texts.every((text) => text.startsWith('x.bin was not attached: ')));
  });
});

describe('the shelf of attachments', () => {
  const text = (value: string) => content(textAttachment(value, facts));

  it('keeps them in their order, each once', () => {
    const shelf = new AttachmentShelf();
    assert.equal(shelf.add(text('a')), undefined);
    assert.equal(shelf.add(text('b')), undefined);
    assert.equal(shelf.add(text('a')), undefined);
    assert.equal(shelf.all.length, 2);
    assert.notEqual(shelf.all[0]?.key, shelf.all[1]?.key);
  });

  it('gives out exactly those that were shown, or none', () => {
    const shelf = new AttachmentShelf();
    shelf.add(text('a'));
    shelf.add(text('b'));
    const keys = shelf.all.map(({ key }) => key);
    assert.equal(shelf.named(keys)?.length, 2);
    assert.equal(shelf.named(keys.slice(0, 1)), undefined);
    assert.equal(shelf.named(keys.toReversed()), undefined);
    assert.equal(shelf.named([...keys, 'other']), undefined);
    shelf.remove([keys[0] ?? '']);
    assert.equal(shelf.named(keys), undefined);
    assert.deepEqual(
      shelf.named(keys.slice(1))?.map(({ key }) => key),
      keys.slice(1),
    );
    shelf.add(text('c'));
    assert.ok(!keys.includes(shelf.all[1]?.key ?? ''), 'a key is not used again');
  });

  it('is bounded in number and weight', () => {
    const shelf = new AttachmentShelf();
    for (let index = 0; index < MAX_ATTACHMENTS; index++) {
      assert.equal(shelf.add(text(`${index}`)), undefined);
    }
    assert.equal(shelf.add(text('one more')), 'tooMany');
    const heavy = new AttachmentShelf();
    const picture = (size: number) => {
      const data = new Uint8Array(size);
      data.set(wholePng);
      return content(imageAttachment(data, { name: `${size}.png`, source: 'file', reference: undefined }));
    };
    assert.equal(heavy.add(picture(MAX_IMAGE_BYTES)), undefined);
    assert.equal(heavy.add(picture(MAX_IMAGE_BYTES - 1)), undefined);
    assert.equal(heavy.add(picture(1_000)), 'tooMuch');
    assert.equal(heavy.add(text('a')), undefined);
  });
});

describe('what is remembered of attachments', () => {
  it('is where they are, never what they hold', () => {
    const shelf = new AttachmentShelf();
    const selection = {
      kind: 'selection',
      uri: 'file:///a',
      range: [1, 2, 3, 4],
      hash: 'h',
    } as const;
    shelf.add(
      content(textAttachment('a secret', { ...facts, reference: { kind: 'file', uri: 'file:///a' } })),
    );
    shelf.add(content(textAttachment('another', { ...facts, reference: selection })));
    shelf.add(content(imageAttachment(wholePng, { name: 'Pasted', source: 'pasted', reference: undefined })));
    const kept: unknown = JSON.parse(JSON.stringify(toKept(shelf.all)));
    assert.ok(!JSON.stringify(kept).includes('secret'));
    assert.deepEqual(readKept(kept), [
      { name: 'src/a.ts', reference: { kind: 'file', uri: 'file:///a' } },
      { name: 'src/a.ts', reference: selection },
      { name: 'Pasted', reference: undefined },
    ]);
  });

  it('is read with care', () => {
    assert.deepEqual(readKept(undefined), []);
    assert.deepEqual(readKept('x'), []);
    assert.deepEqual(readKept([null, 4, {}, { name: 7 }]), []);
    const wrong = [
      { kind: 'other', uri: 'file:///a' },
      { kind: 'file' },
      { kind: 'selection', uri: 'file:///a', hash: 'h', range: [1, 2, 3] },
      { kind: 'selection', uri: 'file:///a', hash: 'h', range: [1, 2, 3, -4] },
      { kind: 'selection', uri: 'file:///a', range: [1, 2, 3, 4] },
    ];
    for (const reference of wrong) {
      assert.deepEqual(readKept([{ name: 'n', reference }]), [{ name: 'n', reference: undefined }]);
    }
    assert.equal(readKept(Array.from({ length: 99 }, () => ({ name: 'n' }))).length, MAX_ATTACHMENTS);
  });
});
