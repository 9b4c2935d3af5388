import assert from 'node:assert/strict';
import { isFiltered, MAX_PINS, plainState, readBrowseState } from '../../../src/browse/browseState.ts';
import { filterChip } from '../../../src/browse/filterChip.ts';
import { noFilter } from '../../../src/browse/sessionFilter.ts';
import { plainL10n } from '../../../src/l10n.ts';

describe('how lists are looked at', () => {
  it('comes back as it was kept', () => {
    const state = {
      sessions: { agent: { id: 'a', name: 'A' }, statuses: ['idle'], span: 'week', showsArchived: true },
      archivedAgents: true,
      archivedEnvironments: false,
      groupBy: 'agent',
      sortBy: 'title',
      pins: ['session_1'],
    };
    assert.deepEqual(readBrowseState(JSON.parse(JSON.stringify(state))), state);
    assert.equal(isFiltered(readBrowseState(state)), true);
  });

  it('is plain where what was kept makes no sense', () => {
    for (const kept of [undefined, 7, [], { sessions: 'x', groupBy: 'colour', sortBy: 1, pins: [1, ''] }]) {
      assert.deepEqual(readBrowseState(kept), plainState);
    }
    assert.equal(isFiltered(plainState), false);
    const many = Array.from({ length: MAX_PINS + 5 }, (_, index) => `session_${index}`);
    assert.equal(readBrowseState({ pins: many }).pins.length, MAX_PINS);
  });

  it('says what is filtered, and who does it', () => {
    const state = {
      ...plainState,
      sessions: {
        agent: { id: 'a', name: 'Reviewer' },
        statuses: ['running'] as const,
        span: 'week' as const,
        showsArchived: false,
      },
    };
    const chip = (...parts: ('agent' | 'status' | 'date')[]) => filterChip(state, new Set(parts), plainL10n);
    assert.equal(
      chip('agent', 'date'),
      'Filter: agent “Reviewer” · running · last 7 days. Filtered by the server; status here, among those read.',
    );
    assert.match(chip('agent', 'date', 'status'), /Filtered by the server\.$/);
    assert.match(chip(), /Filtered here, among those read\.$/);
    assert.match(
      filterChip(state, new Set(), plainL10n, 3),
      /Left out, since only “active” is known of them: 3\./,
    );
    assert.equal(
      filterChip(state, undefined, plainL10n),
      'Filter: agent “Reviewer” · running · last 7 days.',
      'before the server has answered nothing is claimed',
    );
  });

  it('says that sorting and grouping know only what was read, and nothing where all is plain', () => {
    assert.equal(filterChip(plainState, new Set(), plainL10n), '');
    assert.equal(
      filterChip({ ...plainState, groupBy: 'status', sortBy: 'title' }, new Set(), plainL10n),
      'Grouped by status and sorted by title, those read so far.',
    );
    const archived = { ...plainState, archivedAgents: true, sessions: { ...noFilter, showsArchived: true } };
    assert.equal(
      filterChip(archived, new Set(), plainL10n),
      'Filter: archived sessions and agents too. The server does not list archived sessions.',
    );
  });
});
