// Which node a form is about, for the fields inside it.
import { createContext, useContext } from 'react';
import type { Finding } from '../api/wire';
import { fieldOf, type Json, type Path } from '../graph/json';
import { useDesigner } from '../state/context';

export interface FormScope {
  readonly id: string;
  readonly kind: string;
  readonly findings: readonly Finding[];
}

export const FormScopeContext = createContext<FormScope | null>(null);

export function useFormScope(): FormScope {
  const scope = useContext(FormScopeContext);
  if (scope === null) throw new Error('only inside a node’s form');
  return scope;
}

export interface ParamEdit {
  /** Sets the value; what is typed in one field is undone as one. */
  readonly set: (value: Json | undefined) => void;
  /** What the linter says about exactly this. */
  readonly findings: readonly Finding[];
}

/** A parameter of the node by its path: how to change it and what is wrong with it. */
export function useParamEdit(path: Path): ParamEdit {
  const { id, kind, findings } = useFormScope();
  const { edit } = useDesigner();
  const field = fieldOf(['kind', kind, ...path]);
  return {
    set: (value) => edit({ type: 'setParam', id, path, value }, `${id} ${field}`),
    findings: findings.filter((finding) => finding.field === field),
  };
}
