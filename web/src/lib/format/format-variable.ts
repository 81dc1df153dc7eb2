// Formats one display variable by its `dataType`. Text the server did not send is never invented.
import type { Variable } from '@/contract/types';
import { formatCurrency } from './currency';
import { formatDate, formatTime } from './date';
import { type Formatted, formatted, type Place } from './formatted';
import { formatNumber } from './number';
import { formatPhone } from './phone';

export type VariableView = { kind: 'hidden' } | { kind: 'empty' } | ({ kind: 'value' } & Formatted);

export function formatVariable(variable: Variable, place: Place): VariableView {
  if (variable.privacy) return { kind: 'hidden' };
  if (variable.value === null || variable.value === undefined || variable.value === '') {
    return { kind: 'empty' };
  }
  return { kind: 'value', ...byType(variable.dataType, variable.value, place) };
}

function byType(dataType: Variable['dataType'], value: string, place: Place): Formatted {
  switch (dataType) {
    case 'currency':
      return formatCurrency(value, place);
    case 'date':
      return formatDate(value, place);
    case 'time':
      return formatTime(value, place);
    case 'number':
      return formatNumber(value, place);
    case 'phone':
      return formatPhone(value, place);
    default:
      return formatted(value);
  }
}
