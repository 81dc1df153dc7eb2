// `number`: grouped for reading, every digit that came kept.
import { parseDecimal } from './decimal';
import { type Formatted, formatted, type Place, raw } from './formatted';

export function formatNumber(value: string, place: Place): Formatted {
  const decimal = parseDecimal(value);
  if (decimal === null) {
    return raw(value, 'Shown as it came: this is not a plain number such as 1250.75.');
  }
  const format = new Intl.NumberFormat(place.locale, {
    minimumFractionDigits: decimal.fractionDigits,
    maximumFractionDigits: decimal.fractionDigits,
  });
  return formatted(format.format(decimal.text));
}
