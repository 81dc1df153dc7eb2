// One open script: what is drawn, what is chosen, and what the server says about it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { loadScript, type Opened, saveDraft } from '../api/scripts';
import type { Draft, Finding, Report, ScriptRow } from '../api/wire';
import { placesOf } from '../graph/arrange';
import { applyEdit, type Edit } from '../graph/edit';
import { editWords } from '../graph/edit-words';
import type { Drawing, Layout } from '../graph/flow';
import { begin, type History, record, redo, seal, undo } from '../graph/history';
import { sameFlow, sameLayout } from '../graph/same';
import type { Vocabulary } from '../graph/vocabulary';
import { type Choice, NOTHING, stillThere } from './choice';
import { Saver, type SaveState } from './saver';

export type Panel = 'node' | 'problems' | 'tests' | 'versions';

export interface DesignerState {
  readonly script: ScriptRow;
  readonly name: string;
  readonly history: History;
  /** Where every node stands. */
  readonly places: Layout;
  readonly choice: Choice;
  readonly panel: Panel;
  /** The panel covers the drawing, where it has no column of its own. */
  readonly opened: boolean;
  readonly save: SaveState<Draft>;
  /** Null until the linter has answered for the first time. */
  readonly findings: readonly Finding[] | null;
  /** The server did not answer what it thinks of the flow as it is now. */
  readonly checkFailed: boolean;
  /** What the tests did when they last ran, by name. */
  readonly reports: ReadonlyMap<string, Report>;
  /** The test whose path is lit. */
  readonly shown: string | null;
  /** Open interactions by node, while the overlay is on. */
  readonly live: ReadonlyMap<string, number> | null;
}

export interface Designer {
  readonly store: StoreApi<DesignerState>;
  readonly vocabulary: Vocabulary;
  readonly saver: Saver<Draft>;
  /** Makes an edit; edits of the same run are undone as one. */
  readonly edit: (edit: Edit, run?: string) => void;
  readonly endRun: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly rename: (name: string) => void;
  readonly choose: (choice: Choice, panel?: Panel) => void;
  readonly set: (part: Partial<DesignerState>) => void;
}

export function createDesigner({ script, draft }: Opened, vocabulary: Vocabulary): Designer {
  const { kinds } = vocabulary;
  const { name, flow, layout } = draft;
  const store = createStore<DesignerState>(() => ({
    script,
    name,
    history: begin({ flow, layout }),
    places: placesOf({ flow, layout }, kinds),
    choice: NOTHING,
    panel: 'node',
    opened: false,
    save: { kind: 'saved' },
    findings: null,
    checkFailed: false,
    reports: new Map(),
    shown: null,
    live: null,
  }));
  const saver = new Saver<Draft>(script.revision, {
    put: async (value, revision) => {
      const saved = await saveDraft(script.id, value, revision);
      store.setState({ script: saved });
      return saved.revision;
    },
    load: async () => {
      const opened = await loadScript(script.id);
      return { value: opened.draft, revision: opened.script.revision };
    },
    same: sameDraft,
    tell: (save) => store.setState({ save }),
  });

  function show(history: History): void {
    const { present } = history;
    const state = store.getState();
    if (present === state.history.present) return store.setState({ history });
    store.setState({
      history,
      places: placesOf(present, kinds),
      choice: stillThere(state.choice, present.flow),
    });
    saver.change({ name: state.name, ...present });
  }

  return {
    store,
    vocabulary,
    saver,
    edit: (edit, run) => {
      const { history, places } = store.getState();
      const next = applyEdit(history.present, edit, kinds);
      if (next === history.present) return;
      const moved =
        edit.type === 'arrange' || edit.type === 'replace' ? next : settled(next, places);
      show(record(history, moved, editWords(edit, history.present.flow), run ?? null));
    },
    endRun: () => show(seal(store.getState().history)),
    undo: () => show(undo(store.getState().history)),
    redo: () => show(redo(store.getState().history)),
    rename: (next) => {
      store.setState({ name: next });
      saver.change({ name: next, ...store.getState().history.present });
    },
    choose: (choice, panel) =>
      store.setState(panel === undefined ? { choice } : { choice, panel, opened: true }),
    set: (part) => store.setState(part),
  };
}

/** Nothing jumps while one draws: every node keeps the place it was seen at. */
function settled({ flow, layout }: Drawing, places: Layout): Drawing {
  const missing = [...places].filter(([id]) => flow.nodes.has(id) && !layout.has(id));
  return missing.length === 0
    ? { flow, layout }
    : { flow, layout: new Map([...missing, ...layout]) };
}

function sameDraft(one: Draft, other: Draft): boolean {
  return (
    one.name === other.name &&
    sameFlow(one.flow, other.flow) &&
    sameLayout(one.layout, other.layout)
  );
}
