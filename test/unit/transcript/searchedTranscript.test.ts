import assert from 'node:assert/strict';
import { SessionSearch } from '../../../src/transcript/search.ts';
import { SearchedTranscript } from '../../../src/transcript/searchedTranscript.ts';
import { Matcher } from '../../../src/transcript/searchMatcher.ts';
import { nearestMatch } from '../../../src/transcript/searchNearest.ts';
import type { JsonObject } from '../../../src/util/json.ts';
import { findWords } from '../../../src/vscode/panel/findWords.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { pageStringsEn } from '../../support/pageStrings.en.ts';
import { asks, decision, result, says, TestSession, use } from './transcriptSetup.ts';

function setUp(...events: readonly JsonObject[]) {
  const session = new TestSession();
  session.arrive(...events);
  const clock = new ManualClock();
  const source = new SearchedTranscript(session.transcript, session.store, findWords(pageStringsEn));
  const search = new SessionSearch(source, clock, () => undefined);
  const find = (text: string) => {
    search.start({ text, matchCase: false, wholeWord: false }, session.transcript.first);
    return search.state;
  };
  return { session, clock, search, source, find };
}

const content = (text: string) => ({ content: [{ type: 'text', text }] });

describe('what is said in a session', () => {
  const said: readonly (readonly [string, string, JsonObject, string])[] = [
    ['a message of the user', 'needle', asks('a', content('a Needle b')), 'text'],
    ['a message of the agent, over its markup', 'the needle here', says('a', 'the **needle** here'), 'text'],
    ['the markup itself, where that is asked for', '**needle**', says('a', 'the **needle** here'), 'text'],
    ['where a link leads', 'example.com/needle', says('a', 'see [this](https://example.com/needle)'), 'text'],
    ['a thought', 'needle', { type: 'agent.thinking', id: 'a', thinking: 'a needle' }, 'raw'],
    ['the name of a tool', 'needle', use('a', { name: 'needle' }), 'input'],
    ['the command of a tool', 'echo needle', use('a', { input: { command: 'echo needle' } }), 'input'],
    ['what else a tool was given', 'why', use('a', { input: { command: 'x', description: 'why' } }), 'input'],
    [
      'a name in the input of any tool',
      '"needle": 1',
      { type: 'agent.mcp_tool_use', id: 'a', name: 'x', input: { needle: 1 } },
      'input',
    ],
    ['words of the page for what happened', 'you interrupted', { type: 'user.interrupt', id: 'a' }, 'raw'],
    [
      'the words of an error',
      'socket needle',
      { type: 'session.error', id: 'a', error: { type: 'x_error', message: 'the socket needle broke' } },
      'raw',
    ],
    ['an event that nobody knows', 'needle', { type: 'agent.telepathy', id: 'a', thought: 'needle' }, 'raw'],
  ];
  for (const [what, query, event, part] of said) {
    it(`includes ${what}`, () => {
      const { find } = setUp(asks('u', content('nothing')), event);
      const { total, current } = find(query);
      assert.deepEqual([total, current?.key, current?.part], [1, 'a', part]);
    });
  }

  it('includes the result of a tool, in the row of the call', () => {
    const { find } = setUp(use('call'), says('between'), result('r', 'call', content('the needle')));
    const { total, current } = find('needle');
    assert.deepEqual([total, current?.key, current?.part, current?.isShown], [1, 'call', 'result', true]);
  });

  it('includes the reason of a decision', () => {
    const denial = { ...decision('d', 'call', 'deny'), deny_message: 'a needle is sharp' };
    assert.equal(setUp(use('call'), denial).find('needle is sharp').current?.key, 'call');
  });

  it('includes what is cut for the page, and says that it is not shown', () => {
    const long = `${'word '.repeat(20_000)}needle`;
    for (const event of [asks('a', content(long)), says('a', long), use('a', { input: { command: long } })]) {
      const { total, current } = setUp(event).find('needle');
      assert.deepEqual([total, current?.isShown], [1, false]);
    }
    const { current } = setUp(use('call'), result('r', 'call', content(long))).find('needle');
    assert.deepEqual([current?.part, current?.isShown], ['result', false]);
  });

  it('reads what an edit keeps only once', () => {
    const edit = use('a', {
      name: 'edit',
      input: { file_path: 'f', old_string: 'keep needle\nold', new_string: 'keep needle\nnew needle' },
    });
    assert.equal(setUp(edit).find('needle').total, 2);
  });

  it('leaves out what no reader sees', () => {
    const { find } = setUp(
      { type: 'session.status_running', id: 'needle' },
      { type: 'span.model_request_start', id: 's', needle: 'needle' },
      asks('u', content('x')),
    );
    assert.equal(find('needle').total, 0);
    assert.equal(find('session.status_running').total, 0);
  });

  it('follows a result that comes later, and older events that are read', () => {
    const { session, clock, find, search } = setUp(use('call'));
    assert.equal(find('needle').total, 0);
    session.arrive(result('r', 'call', content('needle needle')));
    clock.advance(5);
    assert.equal(search.state.total, 2);
    session.older(asks('old', content('needle')));
    clock.advance(5);
    assert.equal(search.state.total, 3);
    search.step('previous');
    assert.deepEqual([search.state.current?.key, search.state.index], ['old', 0]);
  });

  it('keeps no row that nobody looks at', () => {
    const { session, find } = setUp(says('a', 'needle'));
    const before = session.transcript.peek('a');
    find('needle');
    assert.notEqual(session.transcript.peek('a'), before);
  });
});

describe('finding a match again', () => {
  const again = (text: string, before: string, after: string, twin = 0) => {
    const matcher = new Matcher({ text: 'foo', matchCase: false, wholeWord: false });
    const span = nearestMatch(text, matcher, { before, after, twin });
    return span && [span.start, text.slice(span.start, span.end)];
  };

  it('goes by what stands around it', () => {
    assert.deepEqual(again('foo one\nfoo  two foo', 'one ', ' two foo'), [8, 'foo']);
    assert.deepEqual(again('{"a": "x Foo y", "b": "foo"}', 'x ', ' y'), [9, 'Foo']);
  });

  it('goes by the number among those that look alike', () => {
    assert.deepEqual(again('a foo b, a foo b, a foo b', 'a ', ' b', 1), [11, 'foo']);
    assert.deepEqual(again('a foo b', 'a ', ' b', 7), [2, 'foo']);
  });

  it('finds nothing where nothing is like it', () => {
    assert.equal(again('quite foo other', 'one and two and three ', ' four and five'), undefined);
    assert.equal(again('none', 'a', 'b'), undefined);
  });
});
