import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import '../shared/office.css';
import '../shared/figures.css';
import './design.css';
import { DesignScreen } from './design-screen.tsx';

show(<DesignScreen />);
