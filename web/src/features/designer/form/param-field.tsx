// The control for a parameter, by its type. A type that is not known here is edited as JSON.
import type { ComponentType } from 'react';
import { NamedAgentField, NamedNumberField, QueueTestField } from './choice-fields';
import { ConditionField } from './condition-field';
import { JsonField } from './json-field';
import { ListField, ObjectField } from './list-field';
import { FlagField, MillisField, NumberField } from './number-field';
import { PickField } from './pick-field';
import { type ParamProps, TemplateField, TextField, VariableField } from './text-field';

const CONTROLS: Readonly<Record<string, ComponentType<ParamProps>>> = {
  text: TextField,
  template: TemplateField,
  variableWritten: VariableField,
  variableRead: VariableField,
  condition: ConditionField,
  number: NumberField,
  millis: MillisField,
  flag: FlagField,
  keys: TextField,
  exit: TextField,
  queue: PickField,
  skill: PickField,
  schedule: PickField,
  script: PickField,
  queueTest: QueueTestField,
  namedAgent: NamedAgentField,
  namedNumber: NamedNumberField,
  object: ObjectField,
  list: ListField,
};

export function ParamField(props: ParamProps) {
  const Control = CONTROLS[props.param.type] ?? JsonField;
  return <Control {...props} />;
}
