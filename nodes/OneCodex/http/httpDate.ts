const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = `(?<month>${MONTHS.join('|')})`;
const SHORT_DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';

/** RFC 9110, 5.6.7: IMF-fixdate, and the two older forms that must be read too. All are in GMT. */
const FORMS = [
	`${SHORT_DAY}, (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT`,
	`${LONG_DAY}, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT`,
	`${SHORT_DAY} ${MONTH} (?<day>\\d{2}| \\d) ${TIME} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`));

/** The longest that a year of two digits may lie ahead. */
const YEARS_AHEAD = 50;

/**
 * The time of an HTTP-date in milliseconds; undefined for any other text. `Date.parse` takes much
 * more for a date ("1.5" is one in 2001), and what has no zone for this machine's time.
 */
export function httpDate(text: string, now = Date.now()): number | undefined {
	const found = FORMS.map((form) => form.exec(text)?.groups).find(Boolean);
	if (!found) return undefined;
	const [day, hour, minute, second] = [found.day, found.hour, found.minute, found.second].map(
		Number,
	);
	const month = MONTHS.indexOf(found.month);
	const year = found.year.length === 2 ? fullYear(Number(found.year), now) : Number(found.year);
	// 60 is a leap second.
	if (hour > 23 || minute > 59 || second > 60) return undefined;
	const date = new Date(0);
	date.setUTCFullYear(year, month, day);
	// The 31st of February would be the 3rd of March.
	if (date.getUTCDate() !== day) return undefined;
	return date.setUTCHours(hour, minute, second);
}

/** What seems to lie more than 50 years ahead is the most recent year that ends so. */
function fullYear(lastDigits: number, now: number): number {
	const thisYear = new Date(now).getUTCFullYear();
	const year = thisYear - (thisYear % 100) + lastDigits;
	return year > thisYear + YEARS_AHEAD ? year - 100 : year;
}
