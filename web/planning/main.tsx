import { lazy, Suspense } from 'react';
import { usePath } from '../shared/address.ts';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { show } from '../shared/show.tsx';
import { Skeleton } from '../shared/skeleton.tsx';
import '../shared/ui/ui.css';
import '../shared/office.css';
import '../shared/figures.css';
import './planning.css';

const PlanningScreen = lazy(async () => ({ default: (await import('./planning-screen.tsx')).PlanningScreen }));
const WeekScreen = lazy(async () => ({ default: (await import('./week-screen.tsx')).WeekScreen }));

/** The two screens of planning, each loaded when it is opened. */
function PlanningRoom() {
  const isWeek = usePath().endsWith('/week');
  return (
    <ErrorBoundary key={String(isWeek)}>
      <Suspense fallback={<Skeleton lines={6} />}>{isWeek ? <WeekScreen /> : <PlanningScreen />}</Suspense>
    </ErrorBoundary>
  );
}

show(<PlanningRoom />);
