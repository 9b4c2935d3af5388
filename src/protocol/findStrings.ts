/** The texts of the find bar. Placeholders are `{name}`. */
export interface FindStrings {
  readonly find: string;
  readonly placeholder: string;
  readonly inConversation: string; // where the event log is shown
  readonly matchCase: string; // "Match Case ({key})"
  readonly wholeWord: string;
  readonly previous: string;
  readonly next: string;
  readonly close: string;
  readonly noResults: string;
  readonly position: string; // "{index} of {total}"
  readonly unknownPosition: string; // "? of {total}"
  readonly found: string; // "{total} found", announced
  readonly announced: string; // "{index} of {total} found for “{text}”"
  readonly nothingFor: string; // "No results for “{text}”"
  readonly searching: string; // "Searching… {done} of {size}"
  readonly olderPartial: string;
  readonly olderLoading: string;
  readonly olderIncomplete: string;
  readonly notShown: string;
  readonly showAll: string;
}
