from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.tests.engine_contract import EngineContract
from house.retrieval.tests.engine_samples import SPACE


class TestSQLiteEngine(EngineContract):
    def open(self, folder, space=SPACE):
        return SQLiteEngine(folder, space)
