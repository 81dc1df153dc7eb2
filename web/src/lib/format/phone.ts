// `phone`: national form at home, international form abroad; anything doubtful stays as it came.
import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { type Formatted, formatted, type Place, raw } from './formatted';

/** Country of the tenant's locale ("en-US" -> US), which is also how its people dial. */
export function homeCountry(locale: string): CountryCode | undefined {
  const region = regionOf(locale);
  return region !== undefined && isSupportedCountry(region) ? region : undefined;
}

export function formatPhone(value: string, place: Pick<Place, 'locale'>): Formatted {
  const home = homeCountry(place.locale);
  // The parser digs numbers out of prose; only a value that is nothing but a number counts here.
  const plain = /^\+?[0-9 ().-]{4,25}$/.test(value);
  const number = plain ? parse(value, home) : null;
  if (number === null) {
    return raw(value, 'Shown as it came: this is not a complete phone number.');
  }
  const national = home !== undefined && number.countryCallingCode === getCountryCallingCode(home);
  return formatted(national ? number.formatNational() : number.formatInternational());
}

/** As dialed at home; else as an international number, whose plus the event contracts leave out. */
function parse(value: string, home: CountryCode | undefined): PhoneNumber | null {
  const abroad = value.startsWith('+') ? value : `+${value}`;
  const readings = [
    home && parsePhoneNumberFromString(value, home),
    parsePhoneNumberFromString(abroad),
  ];
  return readings.find((number) => number?.isPossible()) ?? null;
}

function regionOf(locale: string): string | undefined {
  try {
    return new Intl.Locale(locale).maximize().region;
  } catch {
    return undefined;
  }
}
