// The access rights of the CRM API (Configuration Manager, "CRM API"): no object can be deleted by it.

const ALL = ['add', 'modify', 'get'] as const;

export const OBJECTS: readonly { object: string; label: string; acts: readonly string[] }[] = [
  { object: 'customers', label: 'Customers', acts: ALL },
  { object: 'cases', label: 'Cases', acts: ALL },
  { object: 'followups', label: 'Followups', acts: ['add', 'get'] },
  { object: 'tasks', label: 'Tasks', acts: ALL },
  { object: 'faq', label: 'FAQ', acts: ALL },
];

/** The name of a right on the wire: `customersAdd`. */
export function rightOf(object: string, act: string): string {
  return object + capital(act);
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const RIGHTS: readonly string[] = OBJECTS.flatMap(({ object, acts }) =>
  acts.map((act) => rightOf(object, act)),
);
