import { show } from '../shared/show.tsx';
import '../shared/office.css';
import '../shared/ui/ui.css';
import './cases.css';
import { CasesScreen } from './cases-screen.tsx';

show(<CasesScreen />);
