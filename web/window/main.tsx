import { show } from '../shared/show.tsx';
import './window.css';
import { WindowScreen } from './window-screen.tsx';

show(<WindowScreen />);
