import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { LoadingNote } from '../components/loading-note.tsx';
import { NotFound } from './not-found.tsx';

const Load = lazy(async () => ({ default: (await import('../screens/load/load-screen.tsx')).LoadScreen }));
const Jobs = lazy(async () => ({ default: (await import('../screens/jobs/jobs-screen.tsx')).JobsScreen }));
const Job = lazy(async () => ({ default: (await import('../screens/job/job-screen.tsx')).JobScreen }));
const Rejects = lazy(async () => ({ default: (await import('../screens/rejects/rejects-screen.tsx')).RejectsScreen }));
const Review = lazy(async () => ({ default: (await import('../screens/review/review-screen.tsx')).ReviewScreen }));
const Tables = lazy(async () => ({ default: (await import('../screens/tables/tables-screen.tsx')).TablesScreen }));
const Connections = lazy(async () => ({
  default: (await import('../screens/connections/connections-screen.tsx')).ConnectionsScreen,
}));
const Audit = lazy(async () => ({ default: (await import('../screens/audit/audit-screen.tsx')).AuditScreen }));
const Settings = lazy(async () => ({
  default: (await import('../screens/settings/settings-screen.tsx')).SettingsScreen,
}));

/** Which screen stands at which address; all that a screen shows can be found again by its address. */
export function Screens() {
  return (
    <Suspense fallback={<LoadingNote />}>
      <Switch>
        <Route path="/" component={Load} />
        <Route path="/jobs" component={Jobs} />
        <Route path="/jobs/:number">
          {({ number }) => (isJob(number) ? <Job key={number} number={Number(number)} /> : <NotFound />)}
        </Route>
        <Route path="/jobs/:number/rejects">
          {({ number }) => (isJob(number) ? <Rejects key={number} number={Number(number)} /> : <NotFound />)}
        </Route>
        <Route path="/jobs/:number/review">
          {({ number }) => (isJob(number) ? <Review key={number} number={Number(number)} /> : <NotFound />)}
        </Route>
        <Route path="/tables" component={Tables} />
        <Route path="/tables/:connection" component={Tables} />
        <Route path="/tables/:connection/:schema/:table" component={Tables} />
        <Route path="/connections/:id?">{({ id }) => <Connections id={id} />}</Route>
        <Route path="/audit" component={Audit} />
        <Route path="/settings" component={Settings} />
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}

function isJob(number: string): boolean {
  return /^[1-9]\d{0,8}$/.test(number);
}
