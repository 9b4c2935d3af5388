import assert from 'node:assert/strict';
import { presets } from '../../../src/api/connection.ts';
import { plainL10n } from '../../../src/l10n.ts';
import type { FeedStatus } from '../../../src/stream/feedState.ts';
import { bannerOf } from '../../../src/vscode/panel/bannerOf.ts';

const [connection] = presets;
const status: FeedStatus = {
  state: { kind: 'ended', why: 'unauthorized' },
  history: { kind: 'complete' },
  lastByteAt: undefined,
  unreadableFrames: 0,
};

describe('the banner of a session whose key is no good', () => {
  it('says whether there is none or it is refused, and offers to set one', () => {
    assert.ok(connection);
    const none = bannerOf(status, connection, 'noKey', plainL10n);
    const rejected = bannerOf(status, connection, 'rejected', plainL10n);
    assert.match(none?.text ?? '', /^There is no API key for Synth here\./);
    assert.match(rejected?.text ?? '', /^Synth does not accept the API key\./);
    for (const banner of [none, rejected]) {
      assert.equal(banner?.actions[0]?.action, 'setKey');
    }
  });

  it('offers no key for a connection that was removed', () => {
    assert.ok(connection);
    const banner = bannerOf(status, connection, 'noKey', plainL10n, true);
    assert.match(banner?.text ?? '', /is not in your settings any more/);
    assert.deepEqual(
      banner?.actions.map(({ action }) => action),
      ['addConnection'],
    );
  });
});
