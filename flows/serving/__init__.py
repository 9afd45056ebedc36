"""`deid serve`: Prefect's server, worker and schedule on one machine, supervised.

    supervisor --+-- server    Prefect's API, UI and scheduler; database in the workspace
                 +-- register  once: tidies after an outage, deployments, automations
                 +-- worker -- engine (one run of a flow at a time) -- its model processes
                 +-- watch     where somebody is to be told: looks, and tells in counts

The supervisor imports nothing of Prefect. Every part holds a leash, a lock that the supervisor
holds for as long as it lives, and ends when it breaks.
"""
