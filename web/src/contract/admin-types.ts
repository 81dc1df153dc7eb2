// The shapes of /admin/v1, without the id and revision that every setting also carries.
import type { MediaType } from './types';

export type Role = 'agent' | 'supervisor' | 'administrator';
export type Permission = 'revealPrivate' | 'monitor' | 'export';
export type Declined = 'stay' | 'break';
export type ReasonFor = 'loggedOut' | 'onBreak' | 'available' | 'workOffline' | 'reject';

export interface SkillLevel {
  skillId: number;
  level: number;
}

/** From `afterMs` in the queue on, levels are replaced; null drops the requirement. */
export interface Ring {
  afterMs: number;
  relax: { skillId: number; level: number | null }[];
}

export interface User {
  name: string;
  email: string;
  role: Role;
  permissions: Permission[];
  agentId: string | null;
  /** Never answered; a change without it leaves it as it is. */
  password?: string;
}

export interface Queue {
  name: string;
  mediaType: MediaType;
  priority: number;
  required: SkillLevel[];
  preferred: number[];
  rings: Ring[];
  offerMs: number;
  declineMs: number;
  onReject: Declined;
  onTimeout: Declined;
  wrapUpMs: number;
  codesRequired: boolean;
  waitingMax: number;
  serviceLevel: { targetPercent: number; thresholdMs: number };
  recorded: boolean;
  /** Who works here. Not written. */
  agents?: number;
}

export interface Skill {
  name: string;
}

export interface Group {
  name: string;
}

export interface Agent {
  name: string;
  skills: SkillLevel[];
  queueIds: number[];
  /** At once, of each kind; absent means none. */
  capacity: Partial<Record<MediaType, number>>;
  groupId: number | null;
}

export interface Channel {
  name: string;
  mediaType: MediaType;
  address: string;
  /** Null only in a form where none is chosen yet. */
  scriptId: number | null;
}

export interface Hours {
  /** 1 is Monday. */
  weekday: number;
  fromMinute: number;
  toMinute: number;
}

export interface Schedule {
  name: string;
  timeZone: string;
  open: Hours[];
  exceptions: { date: string; exit: number }[];
}

export interface Reason {
  /** Its id too, chosen when it is made. */
  code: string;
  text: string;
  of: ReasonFor;
}

export interface TransactionCode {
  text: string;
  parentId: number | null;
}

/** A script as lists show it; its flow belongs to the designer. */
export interface ScriptEntry {
  name: string;
  publishedVersion: number | null;
}

export interface Webhook {
  name: string;
  uri: string;
  /** None means all. */
  events: string[];
  enabled: boolean;
}
