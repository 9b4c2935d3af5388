import assert from 'node:assert/strict';
import { plainL10n } from '../../../src/l10n.ts';
import { hopsOf, hopsText } from '../../../src/smoke/hops.ts';
import { reportMarkdown } from '../../../src/smoke/report.ts';
import { type FaultAnswer, jsonAnswer, unusedPort } from '../../support/faultServer.ts';
import { smokeAt, startFakeApi } from './smokeSetup.ts';

async function wayOf(answer: FaultAnswer | undefined, proxy?: string): Promise<string> {
  const api = await startFakeApi(answer === undefined ? {} : { '*': answer });
  try {
    return hopsText(hopsOf(await smokeAt(api.server.url, { proxy }), plainL10n));
  } finally {
    await api.server.close();
  }
}

describe('the way of a request', () => {
  it('is whole where an agent answered, and unknown at its end where none was asked', async () => {
    assert.equal(await wayOf(undefined), '✓ This machine  ──▶  ✓ Test server  ──▶  ✓ Agents and models');
    const api = await startFakeApi();
    const quick = await smokeAt(api.server.url, { level: 'quick' });
    await api.server.close();
    assert.equal(hopsOf(quick, plainL10n).at(-1)?.state, 'unknown');
  });

  it('breaks at the server where that says no, behind it where its service is not there', async () => {
    const refused = await wayOf(jsonAnswer({ detail: 'Invalid API key' }, 401));
    assert.match(refused, /✓ This machine {2}──▶ {2}✗ Test server {2}──▶ {2}· Agents/);
    const config = { detail: 'HORIZONS_PRIVATE_BASE_URL is required for managed-agents proxy' };
    assert.match(await wayOf(jsonAnswer(config, 503)), /✓ Test server {2}──▶ {2}✗ Agents and models$/);
  });

  it('names the proxy, and breaks there where that wants to be signed in to', async () => {
    const way = await wayOf(jsonAnswer({}, 407), 'http://proxy.example:3128');
    assert.match(
      way,
      /✓ This machine {2}──▶ {2}✗ Proxy http:\/\/proxy\.example:3128 {2}──▶ {2}· Test server/,
    );
  });

  it('breaks on the way where nothing answers, and stands in the report', async () => {
    const report = await smokeAt(`http://127.0.0.1:${String(await unusedPort())}`);
    assert.match(hopsText(hopsOf(report, plainL10n)), /✓ This machine {2}──▶ {2}✗ Test server/);
    assert.match(reportMarkdown(report, plainL10n), /```text\n✓ This machine {2}──▶ {2}✗ Test server/);
  });
});
