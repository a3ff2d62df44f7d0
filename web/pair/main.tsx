import { show } from '../shared/show.tsx';
import '../shared/office.css';
import { PairScreen } from './pair-screen.tsx';

show(<PairScreen />);
