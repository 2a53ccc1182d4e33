/** Dates and times as the person's own clock on the wall shows them. All take milliseconds since the Unix epoch. */

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `14:03` */
export function hourText(time: number): string {
  const date = new Date(time);
  return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** `Friday 25 July 2026`: equal for two times exactly if they are of the same day. */
export function dayText(time: number): string {
  const date = new Date(time);
  return `${days[date.getDay()]} ${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
}

/** `Friday 25 July 2026 at 14:03` */
export function dayAndHourText(time: number): string {
  return `${dayText(time)} at ${hourText(time)}`;
}

/** How long something takes, rounded up: `now`, `5 s`, `2 min`. */
export function waitText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 0) return "now";
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
