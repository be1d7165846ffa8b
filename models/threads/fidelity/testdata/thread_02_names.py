"""Names of threads: given, numbered, changed."""
import threading




def work():
    print("I am", threading.current_thread().name)


print(threading.current_thread().name)
threads = [threading.Thread(target=work), threading.Thread(target=work, name="own"), threading.Thread(),
           threading.Timer(0, work), threading.Thread(target=work)]
print(*(t.name for t in threads), sep=", ")
threads[-1].name = "changed"
for t in threads:
    t.start()
    t.join()
threading.current_thread().name = "chief"
print(threading.main_thread().name)
