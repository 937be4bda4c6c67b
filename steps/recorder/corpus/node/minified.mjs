const o=async(a,b)=>{if(a)return[a,b];else return{a,b}};function*g(){yield[1];yield"s";yield*[2,3];return`t`}async function f(){await[1];for await(const x of[4])console.log(x);try{throw{x:1}}catch{return"c"}finally{void[0]}}
const h=x=>{switch(typeof x){case"string":return-1;case"number":return+x;default:return!x}},k=x=>{do x++;while(x<3)return(x)},l=async x=>{for(;;){if(await(x))return/re/.test("re");x=1}};
label:for(const x of[1,2])for(const y in{a:1}){if(x)continue label;else break label}
console.log(await o(1,2),await o(0,2),[...g()],await f(),h("s"),h(1),h(),k(0),await l(0));var v=function(){return new.target}();export{v as default};
