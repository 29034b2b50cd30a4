from station.task import Mode, Task
from station.tray_order import sort_by_tray
from station.values import Compartment, Item, Place, StockKey, Tray

BOLT = Item(code="BOLT", name="Bolt")


def task(tray, label, order="O1", machine="M1"):
    place = Place(machine, tray, label)
    key = StockKey(item="BOLT")
    return Task(
        mode=Mode.PICK,
        order=order,
        line="1",
        number=1,
        line_no=1,
        line_count=1,
        item=BOLT,
        key=key,
        place=place,
        quantity=1,
        line_asked=1,
    )


def cell(label, x_mm, y_mm):
    return Compartment(label=label, x_mm=x_mm, y_mm=y_mm, width_mm=100, depth_mm=100)


TRAY = Tray(
    machine="M1", number=5, width_mm=400, depth_mm=400, compartments=(cell("B", 0, 100), cell("C", 100, 0), cell("A", 0, 0))
)


def where(tasks):
    return [(each.place.tray, each.place.compartment) for each in tasks]


def test_the_tray_at_the_bay_comes_first_and_no_tray_comes_twice():
    tasks = [task(7, "A1"), task(5, "A1"), task(7, "A2"), task(3, "A1"), task(5, "A2")]
    assert where(sort_by_tray(tasks, 3)) == [(3, "A1"), (7, "A1"), (7, "A2"), (5, "A1"), (5, "A2")]
    assert where(sort_by_tray(tasks, None))[0] == (7, "A1")


def test_a_tray_is_worked_from_left_to_right_and_from_front_to_back():
    tasks = [task(5, "C"), task(5, "X"), task(5, "B"), task(5, "A")]
    assert where(sort_by_tray(tasks, None, trays={("M1", 5): TRAY})) == [(5, "A"), (5, "B"), (5, "C"), (5, "X")]


def test_labels_sort_as_people_read_them_where_no_position_is_known():
    tasks = [task(5, "C10"), task(5, "C2"), task(5, "B7"), task(5, "²")]
    assert [label for _, label in where(sort_by_tray(tasks, None))] == ["B7", "C2", "C10", "²"]


def test_tasks_at_one_compartment_keep_their_urgency():
    tasks = [task(5, "A", "O2"), task(5, "A", "O1"), task(5, "A", "O3")]
    assert [each.order for each in sort_by_tray(tasks, 5)] == ["O2", "O1", "O3"]
