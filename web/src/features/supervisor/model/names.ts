// Names for what rows only number.
import type { AgentRow, Wallboard } from '@/contract/types';

export interface Names {
  queue: (id: number) => string;
  /** `Spanish 8`. */
  skill: (skill: AgentRow['skills'][number]) => string;
  /** A reason's words; those that rules give are no settings. */
  reason: (code: string) => string;
}

const RULES: Record<string, string> = {
  noAnswer: 'did not answer',
  rejected: 'rejected an offer',
};

export function namesOf({
  queues,
  skills,
  statuses,
}: Pick<Wallboard, 'queues' | 'skills' | 'statuses'>): Names {
  const queueNames = new Map(queues.map(({ id, name }) => [id, name]));
  const skillNames = new Map(skills.map(({ id, name }) => [id, name]));
  const reasons = new Map(
    statuses.flatMap((status) => status.reasons.map(({ code, text }) => [code, text] as const)),
  );
  return {
    queue: (id) => queueNames.get(id) ?? `queue ${id}`,
    skill: ({ skillId, level }) => `${skillNames.get(skillId) ?? `skill ${skillId}`} ${level}`,
    reason: (code) => reasons.get(code) ?? RULES[code] ?? code,
  };
}
