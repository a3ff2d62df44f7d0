import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import '../shared/office.css';
import '../shared/figures.css';
import './planning.css';
import { PlanningScreen } from './planning-screen.tsx';
import { WeekScreen } from './week-screen.tsx';

show(location.pathname.endsWith('/week') ? <WeekScreen /> : <PlanningScreen />);
