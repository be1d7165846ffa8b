"""At exit the threads that are left are joined, also those that they start after the end of main."""
import threading
import time




def grandchild():
    time.sleep(0.01)
    print("the grandchild ends")


def child():
    threading.main_thread().join()
    print("main is alive:", threading.main_thread().is_alive())
    threading.Thread(target=grandchild).start()
    print("the child ends")


threading.Thread(target=child).start()
print("main ends")
