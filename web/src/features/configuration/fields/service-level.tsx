// The promise of a queue: so many percent answered within so many seconds.
import type { Queue } from '@/contract/admin-types';
import { errorsAt, rangeFault } from '../resource/check';
import type { ControlProps, Fault } from '../resource/spec';
import { DurationField } from './duration-field';
import css from './fields.module.css';
import { NumberField } from './number-field';
import { Several } from './several';

type ServiceLevel = Queue['serviceLevel'];

export function ServiceLevelField(props: ControlProps<ServiceLevel>) {
  const { label, hint, value, onChange, errors } = props;
  return (
    <Several label={label} hint={hint} error={errors['']}>
      <div className={css.columns}>
        <NumberField
          label="To be answered in time"
          unit="percent"
          value={value.targetPercent}
          errors={errorsAt(errors, 'targetPercent')}
          onChange={(targetPercent) => onChange({ ...value, targetPercent })}
        />
        <DurationField
          label="In time is within"
          unit="second"
          value={value.thresholdMs}
          errors={errorsAt(errors, 'thresholdMs')}
          onChange={(thresholdMs) => onChange({ ...value, thresholdMs })}
        />
      </div>
    </Several>
  );
}

export function serviceLevelFaults({ targetPercent, thresholdMs }: ServiceLevel): Fault[] {
  const percent = rangeFault(targetPercent, 0, 100);
  const threshold = Number.isFinite(thresholdMs) ? null : 'Must be a number, 0 or more.';
  return [
    ...(percent === null ? [] : [{ path: 'targetPercent', message: percent }]),
    ...(threshold === null ? [] : [{ path: 'thresholdMs', message: threshold }]),
  ];
}

export function serviceLevelWords({ targetPercent, thresholdMs }: ServiceLevel): string {
  return `${targetPercent} % within ${thresholdMs / 1000} s`;
}
