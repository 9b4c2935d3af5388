/** Every text exists in every language that the package has, with the same placeholders, and no text is left over. */
import assert from 'node:assert/strict';
import type { L10n } from '../../../src/l10n.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { pageStrings } from '../../../src/text/pageStrings.ts';
import { placeholders, projectFiles, projectJson, sourceTexts } from '../../support/sourceTexts.ts';

const bundles = projectFiles('l10n/bundle.l10n.*.json');

describe('translations', () => {
  it('are there for German', () => {
    assert.ok(bundles.includes('l10n/bundle.l10n.de.json'));
    assert.ok(projectFiles('package.nls.*.json').includes('package.nls.de.json'));
  });

  for (const file of bundles) {
    it(`of ${file} have every text of the sources, and no other`, () => {
      const bundle = projectJson(file);
      const texts = sourceTexts();
      assert.deepEqual(
        [...texts].filter((text) => !Object.hasOwn(bundle, text)),
        [],
        'missing',
      );
      assert.deepEqual(
        Object.keys(bundle).filter((text) => !texts.has(text)),
        [],
        'left over',
      );
    });

    it(`of ${file} keep the placeholders`, () => {
      for (const [text, translation] of Object.entries(projectJson(file))) {
        assert.deepEqual(placeholders(translation), placeholders(text), text);
        assert.notEqual(translation.trim(), '', text);
      }
    });
  }

  for (const file of projectFiles('package.nls.*.json')) {
    it(`of ${file} have every text of the manifest, and its command links`, () => {
      const english = projectJson('package.nls.json');
      const translated = projectJson(file);
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
      for (const [key, text] of Object.entries(english)) {
        const links = (value = '') =>
          [...value.matchAll(/\]\((command:[^)]*|https:[^)]*)\)/g)].map(([, to]) => to).sort();
        assert.deepEqual(links(translated[key]), links(text), key);
      }
    });
  }
});

/** Marks every text that went through the lookup. */
const pseudo: L10n = { t: (message, args) => `⟦${plainL10n.t(message, args)}⟧` };

describe('the texts of the page', () => {
  it('all go through the lookup', () => {
    const look = (value: unknown, name: string): void => {
      if (typeof value === 'string') {
        assert.match(value, /^(⟦[^]*⟧)?$/, name);
      } else if (typeof value === 'object' && value !== null) {
        Object.entries(value).forEach(([key, inner]) => look(inner, `${name}.${key}`));
      }
    };
    look(pageStrings(pseudo), 'strings');
  });
});
