// The last hour of a queue: a bar for each five minutes, what was abandoned on top, and who waited as a line.
import type { QueueStep } from '@/contract/types';
import css from './sparkline.module.css';

const WIDTH = 96;
const HEIGHT = 28;

export default function Sparkline({ hour }: { hour: QueueStep[] }) {
  const most = Math.max(1, ...hour.map(({ entered }) => entered));
  const peak = Math.max(0, ...hour.map(({ waiting }) => waiting));
  const slot = WIDTH / Math.max(1, hour.length);
  const tall = (n: number, of: number) => (n / of) * (HEIGHT - 2);
  const line = hour.map(({ waiting }, index) => {
    const x = (index + 0.5) * slot;
    return `${x.toFixed(1)},${(HEIGHT - 1 - tall(waiting, peak)).toFixed(1)}`;
  });
  return (
    <svg
      className={css.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={hourText(hour)}
      preserveAspectRatio="none"
    >
      <title>{hourText(hour)}</title>
      {hour.map(({ from, entered, abandoned }, index) => (
        <g key={from}>
          <Bar x={index * slot} slot={slot} top={tall(entered, most)} kind="entered" />
          <Bar x={index * slot} slot={slot} top={tall(abandoned, most)} kind="abandoned" />
        </g>
      ))}
      <path className={css.ground} d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
      {peak > 0 && <polyline className={css.waiting} points={line.join(' ')} />}
    </svg>
  );
}

interface BarProps {
  x: number;
  slot: number;
  top: number;
  kind: 'entered' | 'abandoned';
}

function Bar({ x, slot, top, kind }: BarProps) {
  if (top <= 0) return null;
  return <rect className={css[kind]} x={x + 1} y={HEIGHT - top} width={slot - 2} height={top} />;
}

/** The picture in words. */
export function hourText(hour: QueueStep[]): string {
  const sum = (of: (step: QueueStep) => number) => hour.reduce((all, step) => all + of(step), 0);
  const peak = Math.max(0, ...hour.map(({ waiting }) => waiting));
  const [entered, answered, abandoned] = [
    sum((step) => step.entered),
    sum((step) => step.answered),
    sum((step) => step.abandoned),
  ];
  return `Last hour: ${entered} entered, ${answered} answered, ${abandoned} abandoned, at most ${peak} waiting`;
}
