import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import './window.css';
import { WindowScreen } from './window-screen.tsx';

show(<WindowScreen />);
