var stats = {
    type: "GROUP",
name: "All Requests"
}

function fillStats(stat){
}
