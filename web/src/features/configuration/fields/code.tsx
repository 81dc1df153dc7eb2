// The code of a reason, by which programs know it.
import { textFault } from '../resource/check';
import type { ControlProps, Fault } from '../resource/spec';
import { SHORT } from '../resources/limits';
import { TextField } from './text-field';

export function CodeField({ value, ...others }: ControlProps<string | undefined>) {
  return <TextField {...others} value={value ?? ''} />;
}

export function codeFaults(value: string | undefined): Fault[] {
  const message = textFault(value ?? '', SHORT);
  return message === null ? [] : [{ path: '', message }];
}
