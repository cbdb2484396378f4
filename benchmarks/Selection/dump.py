"""Writes the peer's universe as raw doubles, so that both sides compute from the same bits.

usage: dump.py PEER_SCRIPT HOURLY_ZIP SYMBOLS CANDLES SEED OUT"""
import importlib.util
import sys

import numpy as np

script, archive, symbols, candles, seed, out = sys.argv[1:]
spec = importlib.util.spec_from_file_location('peer', script)
peer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peer)
names, frames = peer.universe(archive, int(symbols), int(candles), int(seed))
with open(out, 'wb') as f:
    f.write((' '.join(names) + '\n').encode())
    for column in ('high', 'low', 'close', 'quote_volume'):
        np.ascontiguousarray(np.stack([d[column].to_numpy() for d in frames], axis=1)).astype('<f8').tofile(f)
