import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import '../shared/office.css';
import '../shared/figures.css';
import './hall.css';
import { HallScreen } from './hall-screen.tsx';

show(<HallScreen />);
