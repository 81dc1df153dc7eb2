// What an edit was, for the undo button: “Undo: connect Language”.
import type { Edit } from './edit';
import { fixWords } from './fix';
import type { Flow } from './flow';

export function editWords(edit: Edit, flow: Flow): string {
  const name = (id: string) => `“${flow.nodes.get(id)?.label ?? id}”`;
  switch (edit.type) {
    case 'add':
      return `add “${edit.node.label}”`;
    case 'paste':
      return `paste ${nodes(edit.part.nodes.size)}`;
    case 'remove':
      return edit.ids.length === 0 ? 'disconnect' : `remove ${nodes(edit.ids.length)}`;
    case 'connect':
      return `connect ${name(edit.link.from)}`;
    case 'disconnect':
      return 'disconnect';
    case 'rename':
      return `rename ${name(edit.id)}`;
    case 'setParam':
    case 'removeEntry':
    case 'moveEntry':
      return `change ${name(edit.id)}`;
    case 'setStart':
      return `start at ${name(edit.id)}`;
    case 'setTests':
      return 'change the tests';
    case 'fix':
      return fixWords(edit.fix);
    case 'move':
      return `move ${nodes(edit.to.size)}`;
    case 'arrange':
      return 'arrange';
    case 'replace':
      return edit.words;
  }
}

function nodes(count: number): string {
  return count === 1 ? 'a node' : `${count} nodes`;
}
