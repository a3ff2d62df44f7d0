import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import '../shared/office.css';
import '../shared/figures.css';
import './network.css';
import { NetworkScreen } from './network-screen.tsx';

show(<NetworkScreen />);
