import { show } from '../shared/show.tsx';
import './bar.css';
import { BarScreen } from './bar-screen.tsx';

show(<BarScreen />);
