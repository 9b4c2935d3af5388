import assert from 'node:assert/strict';
import type { SmokeReport } from '../../../src/smoke/smokeReport.ts';
import { hopsOf } from '../../../src/smoke/hops.ts';
import { plainL10n } from '../../../src/l10n.ts';
import { startTlsServer } from '../../support/tlsServer.ts';
import { certificateAuthority, selfSigned } from '../api/selfSigned.ts';
import { type FakeApi, smokeAt, startFakeApi } from './smokeSetup.ts';

describe('a whole run of the smoke checks', () => {
  let api: FakeApi;

  before(async () => {
    api = await startFakeApi();
  });

  after(async () => {
    await api.server.close();
  });

  /** A run against the healthy server behind TLS with that certificate, and what came of it. */
  async function over(identity: { readonly key: string; readonly cert: string }): Promise<SmokeReport> {
    const tls = await startTlsServer(identity, api.server.port);
    try {
      return await smokeAt(`https://127.0.0.1:${tls.port}`);
    } finally {
      await tls.close();
    }
  }

  const causes = (report: SmokeReport) => [
    ...new Set(report.checks.flatMap(({ diagnosis }) => diagnosis?.cause ?? [])),
  ];

  for (const [name, identity] of [
    ['signs itself', selfSigned()],
    ['is of an authority that this machine does not trust', certificateAuthority().issue()],
    ['is for another host', selfSigned({ host: 'elsewhere.example' })],
    ['has expired', selfSigned({ expired: true })],
  ] as const) {
    it(`puts a certificate that ${name} down to it, and sends the key to nobody`, async () => {
      const asked = api.server.requests.length;
      const report = await over(identity);
      assert.equal(report.outcome, 'failed');
      assert.deepEqual(causes(report), ['tls']);
      assert.match(report.verdict, /certificate/i);
      assert.equal(report.checks.filter(({ status }) => status === 'passed').length, 0);
      assert.equal(hopsOf(report, plainL10n).filter(({ state }) => state === 'broken').length, 1);
      assert.equal(api.server.requests.length, asked);
      assert.equal(api.sessions.size, 0, 'nothing was created');
    });
  }

  it('puts a name that nobody has down to it', async () => {
    // Reserved for names that do not exist (RFC 6761); without any name server the answer is the same.
    const report = await smokeAt('https://managed-agents.invalid');
    assert.equal(report.outcome, 'failed');
    assert.deepEqual(causes(report), ['dns']);
    assert.match(report.verdict, /managed-agents\.invalid/);
  });
});
