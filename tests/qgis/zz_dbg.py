import time

from conftest import *
from test_improve_tab import *


def test_dbg(panel, tab, learn, wait):
    t = time.time()
    learn("slow", rounds=1, to_end=False)
    print("started", time.time() - t)
    wait(lambda: len(panel.learning.story.reward) >= 2, "two steps")
    print("two", time.time() - t)
    panel.learning._task.cancel()
    print("cancelled", time.time() - t, panel.learning._task._follower)
    wait(lambda: not panel.learning.running, "end")
    print("ended", time.time() - t, jobs(panel)[0].state)
